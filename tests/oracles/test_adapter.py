"""Initial weights of the adapter against SciPy's truncated normal law."""

from __future__ import annotations

import pytest
import torch

MISSING = "oracle library not installed: pip install llmprep[oracles]"


@pytest.mark.parametrize("seed", range(3))
def test_initial_weights_follow_the_truncated_normal_law(reference, seed):
    stats = pytest.importorskip("scipy.stats", reason=MISSING)
    torch.manual_seed(seed)
    adapter = reference("adapter").Adapter(96, 40)
    law = stats.truncnorm(-2, 2, scale=0.01)
    for layer in (adapter.down, adapter.up):
        assert stats.kstest(layer.weight.detach().flatten().numpy(), law.cdf).pvalue > 1e-4
        assert layer.bias.abs().max() == 0
    # the test can tell the law that is not cut off
    normal = 0.01 * torch.randn(40_000, generator=torch.Generator().manual_seed(seed))
    assert stats.kstest(normal.numpy(), law.cdf).pvalue < 1e-4


def test_training_moves_adapter_and_norm_only(reference):
    torch.manual_seed(0)
    inner, norm = torch.nn.Linear(6, 6), torch.nn.LayerNorm(6)
    layer = reference("adapter").AdaptedSublayer(inner, norm, 3)
    before = {name: p.detach().clone() for name, p in layer.named_parameters()}
    optimizer = torch.optim.SGD([p for p in layer.parameters() if p.requires_grad], lr=0.1)
    layer(torch.randn(8, 6)).pow(3).sum().backward()
    optimizer.step()
    moved = {name for name, p in layer.named_parameters() if not torch.equal(p, before[name])}
    assert moved == {name for name in before if not name.startswith("sublayer")}
