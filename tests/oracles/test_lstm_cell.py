"""Gradients through the LSTM against `torch.nn.LSTM`: all steps of a segment, none of the one before."""

from __future__ import annotations

import pytest
import torch
from torch import nn


@pytest.mark.parametrize("seed", range(3))
def test_gradients_equal_torch(reference, seed):
    torch.manual_seed(seed)
    ours = reference("lstm-cell").LSTM(5, 4).double()
    theirs = nn.LSTM(5, 4, batch_first=True).double()
    with torch.no_grad():
        theirs.weight_ih_l0.copy_(ours.W_ih)
        theirs.weight_hh_l0.copy_(ours.W_hh)
        theirs.bias_ih_l0.copy_(ours.b)
        theirs.bias_hh_l0.zero_()
    x = torch.randn(2, 7, 5, dtype=torch.float64)
    weight = torch.randn(2, 7, 4, dtype=torch.float64)
    for model in (ours, theirs):
        (weight * model(x)[0]).sum().backward()
    torch.testing.assert_close(ours.W_hh.grad, theirs.weight_hh_l0.grad)
    torch.testing.assert_close(ours.W_ih.grad, theirs.weight_ih_l0.grad)
    torch.testing.assert_close(ours.b.grad, theirs.bias_ih_l0.grad)


def test_a_segment_is_cut_off_from_the_one_before(reference):
    lstm = reference("lstm-cell").LSTM(3, 2)
    first = torch.randn(1, 4, 3, requires_grad=True)
    _, state = lstm(first)
    second, _ = lstm(torch.randn(1, 4, 3), state)
    assert torch.autograd.grad(second.sum(), first, allow_unused=True) == (None,)
