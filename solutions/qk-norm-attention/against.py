"""The attention of Qwen3 in transformers."""

import torch

COUNTERPART = "transformers.models.qwen3.modeling_qwen3.Qwen3Attention"


def pairs(implementation, seed):
    """The output at positions from 0 and from 100, with the same weights."""
    from transformers import Qwen3Config
    from transformers.models.qwen3.modeling_qwen3 import (
        Qwen3Attention,
        Qwen3RotaryEmbedding,
    )

    torch.manual_seed(seed)
    config = Qwen3Config(
        hidden_size=20,
        head_dim=4,
        num_attention_heads=6,
        num_key_value_heads=2,
        num_hidden_layers=1,
        attn_implementation="eager",
    )
    theirs = Qwen3Attention(config, layer_idx=0).eval()
    with torch.no_grad():
        for norm in (theirs.q_norm, theirs.k_norm):  # gains start at 1
            norm.weight.normal_(mean=1.0, std=0.4)
    ours = implementation.Qwen3Attention(
        20, 6, 2, head_dim=4, eps=config.rms_norm_eps
    )
    ours.load_state_dict(theirs.state_dict())
    rotary = Qwen3RotaryEmbedding(config)
    for start, length in ((0, 5), (100, 7)):
        x = torch.randn(2, length, 20)
        cos, sin = rotary(x, torch.arange(start, start + length)[None])
        future = torch.ones(length, length, dtype=torch.bool).triu(1)
        mask = torch.zeros(length, length).masked_fill(future, -torch.inf)
        expected, _ = theirs(x, (cos, sin), mask[None, None])
        half = cos.size(-1) // 2  # the library holds every angle twice
        y = ours(x, cos[0, :, :half], sin[0, :, :half])
        yield f"from position {start}", y, expected
