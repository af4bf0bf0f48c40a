"""The comparison forgives what is not part of the task, and nothing else."""

from __future__ import annotations

import math
from typing import Any

import pytest
import torch

from llmprep.judge.compare import compare, shared_scale
from llmprep.judge.rounding import rounding
from llmprep.judge.values import canonical


def problem(expected: Any, actual: Any, **options: Any) -> str | None:
    """The problem between two values as probes would return them."""
    found = compare(canonical(expected), canonical(actual), **options)
    return found.problem if found else None


def detail(expected: Any, actual: Any) -> dict[str, Any]:
    found = compare(canonical(expected), canonical(actual))
    assert found is not None
    return found.detail


X = torch.tensor([[1.0, -2.0, 3.0], [4.0, 5.0, -6.0]])


@pytest.mark.parametrize(
    ("expected", "actual"),
    [
        (X, X + 1e-5),
        ([X, X], (X, X)),
        (torch.tensor(2.5), 2.5),
        (2.5, torch.tensor(2.5)),
        (torch.tensor(3), 3),
        (True, torch.tensor(True)),
        (3.0, 3),
        (X.t(), X.t().contiguous()),
        (float("nan"), float("nan")),
        (torch.tensor([math.inf, math.nan, 1.0]), torch.tensor([math.inf, math.nan, 1.0])),
        (torch.empty(0, 3), torch.empty(0, 3)),
        ({"a": 1, "b": X}, {"b": X, "a": 1}),
        (None, None),
        (torch.tensor(2.0, dtype=torch.bfloat16), 2.01),
        (torch.complex(X, X), torch.complex(X, X + 1e-5)),
        (b"ab", b"ab"),
    ],
)
def test_forgiven(expected, actual):
    assert problem(expected, actual) is None


@pytest.mark.parametrize(
    ("expected", "actual", "what"),
    [
        (X, X + 1e-2, "values"),
        (X, X.double(), "dtype"),
        (X, X.t(), "shape"),
        (X, [X], "shape"),
        ([X, X], [X], "shape"),
        ({"a": 1}, {"b": 1}, "shape"),
        (X, None, "shape"),
        (None, X, "shape"),
        (3, 4, "values"),
        (3, 3.7, "values"),
        (torch.tensor(3), 3.7, "values"),
        (True, 1, "shape"),
        (True, False, "values"),
        ("a", "b", "values"),
        ("a", None, "values"),
        (2.0, float("nan"), "nan"),
        (X, X / 0, "nan"),
        (torch.tensor([math.inf, 1.0]), torch.tensor([1.0, 1.0]), "values"),
        (torch.tensor([math.inf, 1.0]), torch.tensor([-math.inf, 1.0]), "values"),
        (torch.tensor([math.nan, 1.0]), torch.tensor([0.0, 1.0]), "values"),
        (torch.tensor([1, 2]), torch.tensor([1, 3]), "values"),
        (torch.tensor([True]), torch.tensor([False]), "values"),
        (torch.complex(X, X), torch.complex(X, -X), "values"),
        (torch.complex(X, X), X, "dtype"),
        ({1}, {1}, "shape"),
        (object(), object(), "shape"),
        (1.0, 10**30, "shape"),
    ],
)
def test_not_forgiven(expected, actual, what):
    assert problem(expected, actual) == what


def test_an_error_that_spoils_one_element_is_found_in_any_place():
    for index in range(X.numel()):
        wrong = X.clone()
        wrong.view(-1)[index] += 0.01
        found = detail(X, wrong)
        assert found["index"] == [index // 3, index % 3]
        assert found["error"] == pytest.approx(0.01, rel=1e-3)


def test_tolerance_is_relative_to_the_scale_of_the_output():
    assert problem(X * 1e6, X * 1e6 + 10) is None
    assert problem(X * 1e-4, X * 1e-4 + 1e-5) == "values"


@pytest.mark.parametrize(
    ("dtype", "allowed", "refused"),
    [(torch.float64, 1e-6, 1e-4), (torch.float32, 1e-5, 1e-3), (torch.bfloat16, 1e-2, 1e-1)],
)
def test_tolerance_depends_on_the_dtype(dtype, allowed, refused):
    ones = torch.ones(4, dtype=dtype)
    assert problem(ones, ones * (1 + allowed)) is None
    assert problem(ones, ones * (1 + refused)) == "values"


def test_the_references_own_rounding_is_allowed_eight_times_over():
    noisy = X + 1e-2
    noise = rounding(noisy, X.double(), [])
    assert problem(noisy, X - 6e-2) == "values"
    assert problem(noisy, X - 6e-2, noise=noise) is None
    assert problem(noisy, X - 8e-2, noise=noise) == "values"


def test_what_a_last_digit_of_the_inputs_moves_is_allowed_but_no_jump():
    scale = float(X.abs().max())
    for moved, allowed in ((1e-5, 1e-4), (2.5e-5, 2e-4), (4e-5, 3.2e-4), (0.5, 4e-4)):
        noise = rounding([X, 0.5], [X.double(), 0.5], [[X.double() + moved * scale, 0.5 + moved]])
        assert problem([X, 0.5], [X + 0.9 * allowed * scale, 0.5], noise=noise) is None
        assert problem([X, 0.5], [X + 1.1 * allowed * scale, 0.5], noise=noise) == "values"
        halved = 0.5 * allowed  # the scale of a number is the number itself
        assert problem([X, 0.5], [X, 0.5 + 0.9 * halved], noise=noise) is None


def test_rounding_has_the_structure_of_the_value():
    found = {"a": [X, 3], "b": None, "c": torch.zeros(0), "d": torch.arange(3)}
    exact = {"a": [X.double() + 1, 3.5], "b": None, "c": torch.zeros(0), "d": torch.arange(3)}
    noise = rounding(found, exact, [exact, {"a": []}])
    assert noise["a"][0] == pytest.approx((1.0, 0.0), abs=1e-5)
    assert noise["a"][1] == (0.5, 0.0)
    assert noise["b"] == noise["c"] == noise["d"] == (0.0, 0.0)


def test_gradients_share_one_scale():
    expected = {"w": X * 100, "b": torch.zeros(3)}
    actual = {"w": X * 100, "b": torch.full((3,), 1e-3)}
    assert problem(expected, actual) == "values"
    assert problem(expected, actual, scale=shared_scale(expected)) is None


def test_nan_is_told_before_other_errors_and_where():
    wrong = X + 1
    wrong[1, 2] = math.nan
    found = detail(X, wrong)
    assert (found["what"], found["index"]) == ("nan", [1, 2])
    assert found["share"] == pytest.approx(1 / 6)


def test_the_map_shows_structure_and_only_structure():
    wrong = X.expand(2, 2, 3).clone()
    wrong[1, 0, 2] += 1
    assert detail(X.expand(2, 2, 3), wrong)["map"] == ["..#", "..."]
    assert detail(X, X + 1)["map"] is None


def test_the_place_in_nested_results_is_told():
    assert detail({"a": [X, X]}, {"a": [X, X + 1]})["path"] == ("a", "1")


def cost(limits: dict[str, float], **figures: int) -> dict[str, Any]:
    return {"$cost": {"flops": 100, "peak": 8, **figures}, "limits": limits}


def test_costs_are_held_to_the_references_limits():
    assert compare(cost({"flops": 1.5}), cost({}, flops=150)) is None
    found = compare(cost({"flops": 1.5}), cost({"flops": 9}, flops=151))
    assert found is not None
    assert (found.problem, found.detail["what"]) == ("cost", "flops")
    assert compare(cost({"flops": 1.5}), cost({}, peak=10**9)) is None


@pytest.mark.parametrize("claimed", [-1, math.nan, None, "0", 0.5])
def test_a_cost_that_is_no_count_is_refused(claimed):
    assert compare(cost({"flops": 1.5}), {"$cost": {"flops": claimed}}) is not None


def law(**counts: Any) -> dict[str, Any]:
    return {"$law": counts}


def test_two_samples_of_one_law_agree():
    assert compare(law(a=70, b=80), law(a=85, b=65)) is None


def test_samples_of_two_laws_differ():
    found = compare(law(a=70, b=80), law(a=149, b=1))
    assert found is not None
    assert found.detail["what"] == "law"


def test_rare_outcomes_prove_nothing():
    left = {f"l{i}": 1 for i in range(150)}
    right = {f"r{i}": 1 for i in range(150)}
    assert compare({"$law": left}, {"$law": right}) is None


@pytest.mark.parametrize("claimed", [{"a": -5, "b": 155}, {"a": 150.0}, {"a": True}, {"a": 10**6}, {}, 3])
def test_counts_that_are_no_counts_are_refused(claimed):
    assert compare(law(a=70, b=80), {"$law": claimed}) is not None


def test_samples_drawn_from_one_law_are_accepted_a_thousand_times():
    generator = torch.Generator().manual_seed(0)

    def draw() -> dict[str, Any]:
        outcomes = torch.multinomial(torch.tensor([0.6, 0.3, 0.08, 0.02]), 150, True, generator=generator)
        return {"$law": {str(k): int((outcomes == k).sum()) for k in range(4)}}

    assert all(compare(draw(), draw()) is None for _ in range(1000))
