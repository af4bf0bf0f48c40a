"""Which points a typed answer touches, and the rating that ticked points suggest."""

from __future__ import annotations

import pytest

from llmprep.content.items import Point
from llmprep.practice.rubric import suggested_rating, touched

POINTS = (
    Point("variance is d_k", "方差是 d_k", ("variance", "方差", "var(q·k)")),
    Point("softmax saturates", "softmax 饱和", ("saturat", "饱和", "one-hot")),
    Point("any pair", "任意两个", ("any", "O(n²)")),
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("The VARIANCE grows", {0}),
        ("方差变大，softmax 饱和", {0, 1}),
        ("it is saturated, nearly one-hot", {1}),
        ("ｖａｒｉａｎｃｅ", {0}),  # full width, from an input method
        ("Var(q·k) = d_k", {0}),
        ("o(n²) for any pair", {2}),
        ("how many?", set()),  # `any` does not begin a word here
        ("covariance", set()),
        ("anything", {2}),
        ("方 差", set()),
        ("", set()),
        ("   \n\t", set()),
        ("Why does the variance matter?", set()),  # the question, repeated
        ("Why does the variance matter?\nIt saturates.", {1}),
        ("为什么方差重要？", set()),
        ("为什么方差重要？因为会饱和。", {1}),
        ("方差", {0}),  # a word of the question may be the answer
    ],
)
def test_points_are_found_by_their_phrases(typed: str, found: set[int]) -> None:
    assert touched(POINTS, typed, "Why does the variance matter?\n为什么方差重要？") == found


def test_an_empty_phrase_touches_nothing() -> None:
    assert touched((Point("a", "甲", ("", "  ")),), "anything at all") == set()


def test_regular_expressions_in_phrases_mean_themselves() -> None:
    points = (Point("a", "甲", ("(q·k)/√d", "a.b")),)
    assert touched(points, "softmax((q·k)/√d)") == {0}
    assert touched(points, "axb") == set()


@pytest.mark.parametrize(
    ("had", "of", "rating"),
    [
        (0, 4, 1),
        (1, 4, 1),
        (2, 4, 2),
        (3, 4, 2),
        (4, 4, 3),
        (0, 1, 1),
        (1, 1, 3),
        (1, 3, 1),
        (2, 3, 2),
        (0, 0, 3),
    ],
)
def test_the_rating_follows_from_the_points(had: int, of: int, rating: int) -> None:
    assert suggested_rating(had, of) == rating
