"""What is said of one thing does not count for another: comparisons, and their reverse."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from llmprep.content.catalogue import Catalogue
from llmprep.content.items import Point, Text
from llmprep.practice.matching import normal, occurrences
from llmprep.practice.rubric import found_points, opposed_points, touched

PHASES = (
    Point(
        "prefill is compute-bound",
        "prefill 受算力限制",
        ("compute-bound", "算力"),
        about=("prefill", "预填充"),
    ),
    Point(
        "decode is memory-bound",
        "decode 受带宽限制",
        ("memory-bound", "带宽"),
        about=("decode", "decoding", "解码"),
    ),
    Point("both read the weights", "两者都要读权重", ("weights", "权重")),
)
METHODS = (
    Point("DPO trains on pairs directly", "DPO 直接在偏好对上训练", ("pairs", "偏好对"), about=("dpo",)),
    Point("PPO samples while it trains", "PPO 边采样边训练", ("sampl", "采样"), about=("ppo",)),
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Prefill is compute-bound, decode is memory-bound.", {0, 1}),
        ("Prefill is memory-bound, decode is compute-bound.", set()),
        ("prefill 受算力限制，decode 受带宽限制", {0, 1}),
        ("prefill 受带宽限制，而 decode 受算力限制", set()),
        ("prefill: compute-bound\ndecode: memory-bound", {0, 1}),
        ("prefill: memory-bound\ndecode: compute-bound", set()),
        ("compute-bound in prefill and memory-bound in decode", {0, 1}),
        ("memory-bound in prefill and compute-bound in decode", set()),
        ("Compute-bound is prefill; memory-bound is decoding.", {0, 1}),
        ("算力受限的是预填充，带宽受限的是解码", {0, 1}),
        ("For prefill the GPU is busy all the time. It is compute-bound.", {0}),
        ("For decode the GPU is busy all the time. It is compute-bound.", set()),
        ("Unlike prefill, decode is memory-bound.", {1}),
        ("Unlike decode, prefill is memory-bound.", set()),
        ("和 prefill 相比，decode 受带宽限制", {1}),
        ("Prefill is compute-bound and decode is memory-bound.", {0, 1}),
        ("Prefill and decode are both compute-bound.", {0}),
        ("prefill 和 decode 都受带宽限制", {1}),
        ("Decode reads all weights.", {2}),
        ("It is compute-bound at first, later memory-bound.", {0, 1}),  # no name at all
    ],
)
def test_a_phrase_counts_beside_the_name_of_its_thing(typed: str, found: set[int]) -> None:
    assert touched(PHASES, typed) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("DPO drops the reward model that PPO needs and trains on pairs.", {0}),
        ("DPO skips PPO's reward model and trains on preference pairs.", {0}),
        ("DPO 不需要 PPO 的奖励模型，直接在偏好对上训练", {0}),
        ("PPO 不需要 DPO 的参考模型，直接在偏好对上训练", set()),
        ("DPO takes pairs, and PPO takes samples.", {0, 1}),
        ("PPO takes pairs, and DPO takes samples.", set()),
        ("DPO works on pairs rather than on the samples of PPO.", {0}),
    ],
)
def test_a_name_in_passing_is_not_the_topic(typed: str, found: set[int]) -> None:
    assert touched(METHODS, typed) == found


def test_what_is_said_of_the_wrong_thing_is_shown_as_reversed() -> None:
    typed = "First: decode is compute-bound, as it reads little."
    opposed = opposed_points(PHASES, typed, "", Text("Prefill is compute-bound.", "prefill 受算力限制。"))
    assert [(one.point, typed[one.start : one.end].strip(" ,")) for one in opposed] == [
        (0, "decode is compute-bound")
    ]


def test_the_longer_of_two_names_is_meant() -> None:
    points = (
        Point("Adam couples weight decay", "Adam 耦合", ("coupl",), about=("adam",)),
        Point("AdamW decouples it", "AdamW 解耦", ("decoupl",), about=("adamw",)),
    )
    assert touched(points, "AdamW decouples it from the gradient, Adam couples it.") == {0, 1}
    assert touched(points, "Adam decouples it from the gradient, AdamW couples it.") == set()


def test_a_compared_thing_may_have_no_point_of_its_own() -> None:
    points = (
        Point(
            "a GRU has two gates", "GRU 有两个门", ("two gates", "两个门"), about=("gru",), unlike=("lstm",)
        ),
    )
    assert touched(points, "A GRU has two gates, an LSTM has three.") == {0}
    assert touched(points, "An LSTM has two gates, a GRU has three.") == set()


OURS = Catalogue.open()
COMPARED = [
    (name, index)
    for name in OURS.ordered_ids("question")
    for index, point in enumerate(OURS.question(name).points)
    if point.about
]


def places_of(names: Iterable[str], text: str) -> list[tuple[int, int]]:
    """Where the names stand; of those that overlap the longest."""
    found = sorted(
        (place for name in names for place in occurrences(normal(name), text)),
        key=lambda place: (place[0], -place[1]),
    )
    kept: list[tuple[int, int]] = []
    for place in found:
        if not kept or place[0] >= kept[-1][1]:
            kept.append(place)
    return kept


@pytest.mark.parametrize(("name", "index"), COMPARED)
def test_what_we_say_of_one_thing_does_not_count_with_another_name(name: str, index: int) -> None:
    question = OURS.question(name)
    point, asked = question.points[index], f"{question.ask.en}\n{question.ask.zh}"
    rivals = {rival for other in question.points for rival in other.unlike}
    rivals |= {rival for other in question.points for rival in other.about} - set(point.about)
    assert rivals
    for text in (normal(point.en), normal(point.zh)):
        found = [
            one for one in found_points(question.points, text, asked, question.answer) if one.point == index
        ]
        places = places_of(point.about, text)
        if not places or not found or found[0].start < places[0][1]:
            continue  # it has no name before what is said
        for rival in rivals:
            reversed_ = text
            for first, last in reversed(places):
                reversed_ = f"{reversed_[:first]}{normal(rival)} {reversed_[last:]}"
            assert index not in touched(question.points, reversed_, asked, question.answer), reversed_
