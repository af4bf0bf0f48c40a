"""Statements that the numbers prove by themselves; never one that they do not."""

from __future__ import annotations

import math

import pytest
import torch

from llmprep.judge.observations import observe

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


@pytest.mark.parametrize(
    ("expected", "actual"),
    [
        (X, X),
        (X, X + 1),
        (X, X.exp()),
        (X, X * float("nan")),
        (X, torch.zeros_like(X)),
        (torch.zeros(2, 3), torch.ones(2, 3)),
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
