"""Which points a typed answer touches, and the rating that ticked points suggest."""

from __future__ import annotations

import pytest

from llmprep.content.items import Point, Text
from llmprep.practice.rubric import found_points, opposed_points, suggested_rating, touched

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
    ("phrase", "typed"),
    [
        ("p − y", "it is p-y"),
        ("pre-norm", "they use pre norm"),
        ("pre norm", "they use pre-norm"),
        ("normalis", "it is normalized"),
        ("用 KL", "再用KL约束"),
        ("不需要critic", "就不需要 critic 了"),
        ("doesn't saturate", "it doesn’t saturate"),
    ],
)
def test_it_does_not_matter_how_a_phrase_is_typed(phrase: str, typed: str) -> None:
    assert touched((Point("a", "甲", (phrase,)),), typed) == {0}


def test_a_phrase_with_a_space_behind_it_ends_a_word() -> None:
    points = (Point("a", "甲", ("no ",)),)
    assert touched(points, "there is no critic") == {0}
    assert touched(points, "no, there is none") == {0}
    assert touched(points, "normal") == set()


def test_to_ask_whether_is_not_to_deny() -> None:
    answer = Text("It needs a critic.", "它需要 critic。")
    points = (Point("it needs a critic", "需要 critic", ("critic",)),)
    assert touched(points, "先看有没有 critic", "", answer) == {0}
    assert touched(points, "是不是要 critic", "", answer) == {0}
    assert touched(points, "没有 critic", "", answer) == set()


def test_an_abbreviation_ends_no_sentence() -> None:
    points = (Point("a", "甲", (), (("dr. grpo",), ("length",))),)
    assert touched(points, "Dr. GRPO drops the length") == {0}
    assert touched(points, "Dr. GRPO drops it. The length stays") == set()


def test_signs_and_separate_words_do_matter() -> None:
    assert touched((Point("a", "甲", ("-1",)),), "up to 1") == set()
    assert touched((Point("a", "甲", ("方差",)),), "方 差") == set()
    assert touched((Point("a", "甲", ("x-y",)),), "x y") == set()


@pytest.mark.parametrize("denial", ["it doesnt need", "it works w/o", "you dont use"])
def test_a_denial_without_an_apostrophe_is_one(denial: str) -> None:
    answer = Text("It needs a critic.", "它需要 critic。")
    points = (Point("it needs a critic", "需要 critic", ("critic",)),)
    assert touched(points, f"{denial} a critic", "", answer) == set()
    assert touched(points, "it needs a critic", "", answer) == {0}


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


# ------------------------------------------------------------------ the sense of the words

SCALED = (
    Point("divided by √d_k", "除以 √d_k", ("√d_k", "sqrt(d_k)")),
    Point("gradients do not vanish", "梯度不会消失", ("vanish", "消失")),
)
SAID = Text(
    en="The scores are divided by √d_k, so softmax does not saturate and gradients do not vanish.",
    zh="分数要除以 √d_k，softmax 不会饱和，梯度就不会消失。",
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("divide by √d_k", {0}),
        ("除以 √d_k", {0}),
        ("scores / √d_k", {0}),
        ("multiply by √d_k", set()),
        ("分数乘以 √d_k", set()),
        ("they are not divided by √d_k", set()),
        ("不除以 √d_k", set()),
        ("not multiplied but divided by sqrt(d_k)", {0}),
        ("instead of multiplying we divide by √d_k", {0}),
        ("divide by √d_k. gradients don't vanish", {0, 1}),
        ("否则梯度会消失", {1}),  # said without the negation that the author has
        ("除以 √d_k，梯度不会消失", {0, 1}),
    ],
)
def test_the_opposite_of_a_point_does_not_make_it(typed: str, found: set[int]) -> None:
    assert touched(SCALED, typed, "", SAID) == found


def test_groups_must_meet_in_one_sentence() -> None:
    point = Point("K and V shrink", "K、V 变小", (), (("k and v", "kv"), ("smaller", "fewer")), ("q",))
    assert touched((point,), "KV heads are fewer") == {0}
    assert touched((point,), "fewer heads. kv is another matter") == set()
    assert touched((point,), "q, k and v are smaller") == set()


def test_evidence_stands_in_the_original_text() -> None:
    typed = "嗯…除以 √Ｄ_ｋ，"
    (evidence,) = found_points(SCALED, typed, "", SAID)
    assert typed[evidence.start : evidence.end] == "√Ｄ_ｋ"


TURNED_ANSWER = Text(
    "Scores are divided by √d_k, so softmax does not saturate.", "分数除以 √d_k，softmax 才不会饱和。"
)
TURNED = (Point("scores are divided by √d_k", "分数除以 √d_k", ("√d_k",), (), ("multiplied by",)),)


@pytest.mark.parametrize(
    ("typed", "clause"),
    [
        ("I think scores are multiplied by √d_k, that is all", "I think scores are multiplied by √d_k"),
        ("首先，分数要乘以 √d_k；其次加 mask", "分数要乘以 √d_k"),
        ("it is divided by √d_k", None),
        ("no idea", None),
        ("divided by √d_k. Not multiplied by anything", None),  # made elsewhere
    ],
)
def test_the_clause_that_turns_a_point_round_is_named(typed: str, clause: str | None) -> None:
    opposed = opposed_points(TURNED, typed, "", TURNED_ANSWER)
    assert [typed[found.start : found.end].strip(" ,，；;") for found in opposed] == [clause] * bool(clause)
