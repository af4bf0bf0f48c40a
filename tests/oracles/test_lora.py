"""`LoRALinear` against peft, and against what a low-rank update must satisfy."""

from __future__ import annotations

import copy

import pytest
import torch
from torch import nn

MISSING = "oracle library not installed: pip install llmprep[oracles]"


def trained_layer(reference, base: nn.Linear, rank: int, alpha: float) -> nn.Module:
    """A layer whose B is no longer zero, as after some training, in float64."""
    layer = reference("lora").LoRALinear(base, rank, alpha).double()
    with torch.no_grad():
        layer.B.normal_()
    return layer


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    ("d_in", "d_out", "rank", "alpha", "bias"), [(5, 7, 3, 7, True), (9, 4, 2, 16, False)]
)
def test_equals_peft_before_and_after_merging(reference, seed, d_in, d_out, rank, alpha, bias):
    peft = pytest.importorskip("peft", reason=MISSING)
    torch.manual_seed(seed)
    ours = trained_layer(reference, nn.Linear(d_in, d_out, bias=bias), rank, alpha)
    config = peft.LoraConfig(r=rank, lora_alpha=alpha, lora_dropout=0.0, bias="none", target_modules=["0"])
    model = peft.get_peft_model(nn.Sequential(copy.deepcopy(ours.base)), config)
    theirs = model.base_model.model[0]
    with torch.no_grad():
        theirs.lora_A["default"].weight = nn.Parameter(ours.A.detach().clone())
        theirs.lora_B["default"].weight = nn.Parameter(ours.B.detach().clone())
    x = torch.randn(2, 6, d_in, dtype=torch.float64)
    torch.testing.assert_close(ours(x), theirs(x))
    ours.merge()
    theirs.merge()
    torch.testing.assert_close(ours.base.weight, theirs.base_layer.weight)
    torch.testing.assert_close(ours(x), theirs(x))
    ours.unmerge()
    theirs.unmerge()
    torch.testing.assert_close(ours(x), theirs(x))


@pytest.mark.parametrize(("rank", "alpha"), [(1, 2), (3, 7), (4, 4)])
def test_equals_a_linear_layer_with_the_updated_weight(reference, rank, alpha):
    torch.manual_seed(rank)
    layer = trained_layer(reference, nn.Linear(6, 9), rank, alpha)
    x = torch.randn(3, 6, dtype=torch.float64)
    weight = layer.base.weight + alpha / rank * layer.B @ layer.A
    expected = nn.functional.linear(x, weight, layer.base.bias)
    torch.testing.assert_close(layer(x), expected)
    assert torch.linalg.matrix_rank(weight - layer.base.weight) == rank
    layer.merge()
    torch.testing.assert_close(layer(x), expected)


def test_trains_from_the_base_model_and_leaves_the_base_alone(reference):
    torch.manual_seed(0)
    base = nn.Linear(6, 9)
    before = copy.deepcopy(base.state_dict())
    layer = reference("lora").LoRALinear(base, rank=2, alpha=4)
    x, target = torch.randn(32, 6), torch.randn(32, 9)
    assert torch.equal(layer(x), base(x))
    optimizer = torch.optim.SGD([p for p in layer.parameters() if p.requires_grad], lr=0.1)
    losses = []
    for _ in range(20):
        loss = (layer(x) - target).square().mean()
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        if len(losses) == 1:  # B = 0 blocks the gradient of A in the first step only
            assert layer.A.grad.abs().max() == 0
            assert layer.B.grad.abs().max() > 0
        optimizer.step()
    assert losses[-1] < losses[0]
    for name, value in base.state_dict().items():
        assert torch.equal(value, before[name]), name
