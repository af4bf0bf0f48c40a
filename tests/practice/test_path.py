"""The learning path: prerequisites first, otherwise the authors' order."""

from __future__ import annotations

import itertools

import pytest

from llmprep.content.catalogue import Catalogue
from llmprep.content.items import Drill, Text
from llmprep.practice.path import learning_path


def drill(order: int, *needs: str) -> Drill:
    words = Text("x", "x")
    return Drill(words, "t", 1, 5, order, ("f",), words, (), "x", needs=needs)


def test_prerequisites_come_first_even_if_their_order_is_later():
    drills = {"a": drill(1, "c"), "b": drill(2), "c": drill(3), "d": drill(4, "a", "b")}
    assert learning_path(drills) == ["b", "c", "a", "d"]
    assert learning_path(drills, "a") == ["c", "a"]
    assert learning_path(drills, "b") == ["b"]


def test_a_need_that_is_not_there_and_a_circle_do_not_stop_a_learner():
    assert learning_path({"a": drill(1, "nothing")}) == ["a"]
    assert learning_path({"a": drill(2, "b"), "b": drill(1, "a")}) == ["b", "a"]


def test_the_shipped_path_holds_every_drill_once_after_what_it_needs():
    drills = Catalogue.open().drills()
    path = learning_path(drills)
    assert sorted(path) == sorted(drills)
    place = {name: number for number, name in enumerate(path)}
    for name, need in itertools.chain.from_iterable(
        [(name, need) for need in found.needs] for name, found in drills.items()
    ):
        assert place.get(need, -1) < place[name], f"{name} comes before {need}"


@pytest.mark.parametrize("name", ["decoder-layer", "softmax"])
def test_the_way_to_one_drill_ends_there(name):
    drills = Catalogue.open().drills()
    path = learning_path(drills, name)
    assert path[-1] == name
    assert set(path) <= set(drills)
