"""The feed-forward layer of LLaMA in transformers, and its default width."""

import torch

COUNTERPART = "transformers.models.llama.modeling_llama.LlamaMLP"


def pairs(implementation, seed):
    """The width of LLaMA-7B, then the output with the same weights."""
    from transformers import LlamaConfig
    from transformers.models.llama.modeling_llama import LlamaMLP

    standard = LlamaConfig()
    width = implementation.hidden_width(standard.hidden_size)
    yield (
        "hidden width of LLaMA-7B",
        torch.tensor(float(width)),
        torch.tensor(float(standard.intermediate_size)),
    )
    torch.manual_seed(seed)
    config = LlamaConfig(
        hidden_size=12, intermediate_size=20, num_attention_heads=2
    )
    theirs = LlamaMLP(config)
    ours = implementation.SwiGLU(12, 20)
    ours.load_state_dict(theirs.state_dict())
    x = 3 * torch.randn(2, 5, 12)
    yield "output", ours(x), theirs(x)
