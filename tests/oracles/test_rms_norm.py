"""`RMSNorm` against torch's own and against LLaMA's in transformers."""

from __future__ import annotations

import pytest
import torch
from torch import nn

MISSING = "oracle library not installed: pip install llmprep[oracles]"


def with_weight(norm: nn.Module, seed: int) -> nn.Module:
    """The layer with a weight that is not 1."""
    with torch.no_grad():
        norm.weight.copy_(torch.randn(norm.weight.shape, generator=torch.Generator().manual_seed(seed)))
    return norm


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("shape", [(7,), (3, 8), (2, 4, 5)])
@pytest.mark.parametrize("eps", [1e-6, 0.1])
def test_equals_torch(reference, seed, shape, eps):
    generator = torch.Generator().manual_seed(seed)
    x = (torch.randn(*shape, generator=generator) * 3 + 1).requires_grad_()
    ours = with_weight(reference("rms-norm").RMSNorm(shape[-1], eps=eps), seed)
    theirs = with_weight(nn.RMSNorm(shape[-1], eps=eps), seed)
    torch.testing.assert_close(ours(x), theirs(x))
    gradients = [torch.autograd.grad(norm(x).square().sum(), (x, norm.weight)) for norm in (ours, theirs)]
    torch.testing.assert_close(*gradients)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64, torch.bfloat16, torch.float16])
@pytest.mark.parametrize("cast_weight", [True, False])
def test_equals_llama_in_transformers_to_the_last_bit(reference, seed, dtype, cast_weight):
    pytest.importorskip("transformers", reason=MISSING)
    from transformers.models.llama.modeling_llama import LlamaRMSNorm

    generator = torch.Generator().manual_seed(seed)
    x = (torch.randn(2, 3, 64, generator=generator) * 300).to(dtype)
    ours = with_weight(reference("rms-norm").RMSNorm(64), seed)
    theirs = with_weight(LlamaRMSNorm(64), seed)
    if cast_weight:
        ours, theirs = ours.to(dtype), theirs.to(dtype)
    assert torch.equal(ours(x), theirs(x))
    assert ours(x).dtype == theirs(x).dtype


def test_scaling_the_input_changes_nothing_but_shifting_does(reference):
    norm = reference("rms-norm").RMSNorm(16)
    x = torch.randn(4, 16)
    torch.testing.assert_close(norm(50 * x), norm(x), rtol=1e-4, atol=1e-5)
    torch.testing.assert_close(norm(x).square().mean(-1), torch.ones(4), rtol=1e-4, atol=1e-4)
    assert (norm(x + 5) - norm(x)).abs().max() > 0.5
