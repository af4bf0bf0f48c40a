"""LLaMA's RMSNorm in transformers, with the same weight."""

import torch
from torch import nn

COUNTERPART = "transformers.models.llama.modeling_llama.LlamaRMSNorm"


def pairs(implementation, seed):
    """Ordinary inputs, inputs far from zero, and inputs as small as eps."""
    from transformers.models.llama.modeling_llama import LlamaRMSNorm

    torch.manual_seed(seed)
    ours, theirs = implementation.RMSNorm(7), LlamaRMSNorm(7, eps=1e-6)
    nn.init.normal_(theirs.weight)
    ours.load_state_dict(theirs.state_dict())
    x = torch.randn(2, 3, 7)
    yield "ordinary", ours(x), theirs(x)
    yield "far from zero", ours(x + 3), theirs(x + 3)
    yield "small", ours(x * 1e-3), theirs(x * 1e-3)
