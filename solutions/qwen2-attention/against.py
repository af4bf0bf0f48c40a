"""The attention of Qwen2 in transformers."""

import torch

COUNTERPART = "transformers.models.qwen2.modeling_qwen2.Qwen2Attention"


def pairs(implementation, seed):
    """The output at positions from 0 and from 100, with the same weights."""
    from transformers import Qwen2Config
    from transformers.models.qwen2.modeling_qwen2 import (
        Qwen2Attention,
        Qwen2RotaryEmbedding,
    )

    torch.manual_seed(seed)
    config = Qwen2Config(
        hidden_size=24,
        num_attention_heads=6,
        num_key_value_heads=2,
        num_hidden_layers=1,
        attn_implementation="eager",
    )
    theirs = Qwen2Attention(config, layer_idx=0).eval()
    with torch.no_grad():
        for parameter in theirs.parameters():  # biases start at 0
            parameter.normal_(std=0.4)
    ours = implementation.Qwen2Attention(24, 6, 2)
    ours.load_state_dict(theirs.state_dict())
    rotary = Qwen2RotaryEmbedding(config)
    for start, length in ((0, 5), (100, 7)):
        x = torch.randn(2, length, 24)
        cos, sin = rotary(x, torch.arange(start, start + length)[None])
        future = torch.ones(length, length, dtype=torch.bool).triu(1)
        mask = torch.zeros(length, length).masked_fill(future, -torch.inf)
        expected, _ = theirs(x, (cos, sin), mask[None, None])
        half = cos.size(-1) // 2  # the library holds every angle twice
        y = ours(x, cos[0, :, :half], sin[0, :, :half])
        yield f"from position {start}", y, expected
