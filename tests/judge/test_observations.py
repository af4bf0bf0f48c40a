"""Statements that the numbers prove by themselves; never one that they do not."""

from __future__ import annotations

import math

import pytest
import torch

from llmprep.judge.observations import observe
from llmprep.ui.observation_words import WORDS, observation

X = torch.randn(2, 3, 5, generator=torch.Generator().manual_seed(0))
Y = torch.randn(4, 6, generator=torch.Generator().manual_seed(1))


def kinds(expected, actual) -> list[str]:
    return [observation["kind"] for observation in observe(expected, actual)]


def test_swapped_axes():
    assert observe(X, X.transpose(-1, -2)) == [{"kind": "swapped-axes", "axes": [-2, -1]}]
    assert observe(Y.view(4, 2, 3), Y.view(4, 2, 3).transpose(0, 1)) == [
        {"kind": "swapped-axes", "axes": [-3, -2]}
    ]


def test_a_constant_factor_and_its_square_root():
    assert observe(X, X * math.sqrt(8)) == [{"kind": "factor", "factor": 2.828, "square": 8}]
    assert observe(X, X / math.sqrt(8)) == [{"kind": "factor", "factor": 0.3536, "inverse-square": 8}]


def test_the_sign():
    assert kinds(X, -X) == ["sign"]


LOWER = torch.ones(6, 6).tril() * torch.randn(6, 6, generator=torch.Generator().manual_seed(2))
MASK = torch.tensor([[True, True, False], [True, False, False]])


@pytest.mark.parametrize(
    ("expected", "actual", "found"),
    [
        (X, X.permute(1, 2, 0), {"kind": "permuted-axes", "order": [2, 0, 1]}),
        (X, X + 0.5, {"kind": "offset", "offset": 0.5}),
        (X, X - torch.arange(5) - 1, {"kind": "offset-vector"}),
        (Y, Y.flip(0), {"kind": "reversed", "axis": -2}),
        (X, X.roll(1, -1), {"kind": "shifted", "axis": -1, "step": 1}),
        (X, X.roll(-1, 1), {"kind": "shifted", "axis": -2, "step": -1}),
        (X, X.reshape(6, 5), {"kind": "reshaped", "shape": [6, 5], "wanted": [2, 3, 5]}),
        (X, torch.stack([X[0], X[1].exp()]), {"kind": "first-of-batch"}),
        (LOWER, LOWER + torch.randn(6, 6).abs().triu(1), {"kind": "only-at", "where": "above-diagonal"}),
    ],
    ids=lambda value: value["kind"] if isinstance(value, dict) else "",
)
def test_every_other_statement_about_values(expected, actual, found):
    [observed] = observe(expected, actual)
    assert observed == {
        key: pytest.approx(value) if key == "offset" else value for key, value in found.items()
    }
    for language in ("en", "zh"):
        assert observation(observed, language)


@pytest.mark.parametrize(
    ("mask", "expected", "where"),
    [
        (MASK, torch.randn(2, 3), "elements"),
        (MASK, X, "positions"),
        (torch.tensor([[[True, False], [False, False], [True, True]]]), X, "rows"),
    ],
)
def test_wrong_only_where_a_mask_says_no(mask, expected, where):
    second_row = torch.tensor([[[False], [True], [False]]])
    region = {"elements": ~MASK, "positions": ~MASK.unsqueeze(-1), "rows": second_row}[where]
    actual = expected + region * torch.rand_like(expected).add(0.5)
    assert observe(expected, actual, [mask]) == [{"kind": "only-where-masked", "where": where}]
    assert observe(expected, actual.roll(1, 1), [mask]) != [{"kind": "only-where-masked", "where": where}]


def test_early_and_late_are_not_mixed_up():
    [late] = observe(X, X.roll(1, -1))
    assert "too late" in observation(late, "en")
    assert "晚了" in observation(late, "zh")


def test_every_statement_has_words():
    kinds_made = {"swapped-axes", "permuted-axes", "sign", "factor", "offset", "offset-vector", "reversed",
                  "shifted", "reshaped", "first-of-batch", "only-at", "only-where-masked", "only-in",
                  "global-random-state", "stale-state"}  # fmt: skip
    assert set(WORDS) == kinds_made


@pytest.mark.parametrize(
    ("expected", "actual"),
    [
        (X, X),
        (X, X.exp()),
        (X, X * float("nan")),
        (X, torch.zeros_like(X)),
        (torch.ones(2), torch.ones(2) * 2),
        (torch.arange(6), torch.arange(6) * 2),
        ([X, Y], [X * 2, Y * 3]),
        ([X, Y], [X * 2, Y]),
        ([X, Y], [X * 2, Y.exp()]),
        ([X], [X * 2, X]),
        (X, None),
        (3.0, 6.0),
    ],
)
def test_nothing_is_stated_that_is_not_true_of_everything(expected, actual):
    assert observe(expected, actual) == []


def test_the_same_statement_of_several_tensors_is_made_once():
    assert kinds([X, {"y": Y}], [X * 2, {"y": Y * 2}]) == ["factor"]
    assert kinds([X, Y], [X.transpose(-1, -2), Y]) == ["swapped-axes"]


def test_a_wrong_factor_is_observed_through_the_real_processes(scale, grade):
    verdict = grade(scale, "def scale(x):\n    return x * 8 ** 0.5 * 2\n")
    assert verdict.diagnosis is None
    assert verdict.observations == ({"kind": "factor", "factor": 2.828, "square": 8},)


PROBES = """
    @probe(en="Called twice", zh="连续调用两次")
    def twice(impl, t: Tools):
        return [impl.f(t.randn(2, 3)), impl.f(t.randn(4, 3))]

    @probe(en="An object called twice", zh="对象连续调用两次")
    def object_twice(impl, t: Tools):
        double = impl.Double()
        return [double(t.randn(2, 3)), double(t.randn(4, 3))]
"""
REFERENCE = """
    def f(x):
        return x * 2

    class Double:
        def __call__(self, x):
            return x * 2
"""


RIGHT_CLASS = """
class Double:
    def __call__(self, x):
        return x * 2
"""
CANDIDATES = {
    "a list that grows": (
        "stale-state",
        """
seen = []
def f(x):
    seen.append(x)
    return x * 2 + len(seen) - 1
"""
        + RIGHT_CLASS,
    ),
    "an object that remembers": (
        "stale-state",
        """
def f(x):
    return x * 2

class Double:
    calls = 0
    def __call__(self, x):
        self.calls += 1
        return x * 2 * self.calls
""",
    ),
    "noise": (
        "global-random-state",
        """
import torch
def f(x):
    return x * 2 + torch.randn(x.shape)
"""
        + RIGHT_CLASS,
    ),
    "an object that nothing can be compared with": (None, "def f(x):\n    return object()\n" + RIGHT_CLASS),
    "wrong from the first call on": (None, "def f(x):\n    return x * 3 + 1\n" + RIGHT_CLASS),
}


@pytest.mark.parametrize("name", list(CANDIDATES))
def test_what_only_another_run_can_prove(make_drill, grade, name):
    kind, source = CANDIDATES[name]
    found = {observed["kind"] for observed in grade(make_drill(PROBES, REFERENCE), source).observations}
    assert found & {"stale-state", "global-random-state"} == ({kind} if kind else set())


@pytest.mark.parametrize(
    ("body", "variation"),
    [
        ("x * (3 if x.dtype.itemsize == 8 else 2)", "float64"),
        ("x * (3 if x.dtype.itemsize == 2 else 2)", "bfloat16"),
        ("x * (2 if x.is_contiguous() else 3)", "layout"),
        ("x + x.detach()", "gradient"),
    ],
)
def test_only_in_one_kind_of_run(make_drill, grade, body, variation):
    source = f"def f(x):\n    return {body}\n" + RIGHT_CLASS
    verdict = grade(make_drill(PROBES, REFERENCE), source)
    assert verdict.observations == ({"kind": "only-in", "variation": variation},)
    assert observation(verdict.observations[0], "en") != observation(verdict.observations[0], "zh")


def test_right_values_beside_a_changed_input_say_nothing_of_stale_state(make_drill, grade):
    changes = "def f(x):\n    doubled = x * 2\n    x += 1\n    return doubled\n" + RIGHT_CLASS
    verdict = grade(make_drill(PROBES, REFERENCE), changes)
    assert verdict.first_failure is not None
    assert verdict.first_failure.problem == "mutated-input"
    assert verdict.observations == ()
