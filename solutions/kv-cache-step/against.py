"""The attention of LLaMA in transformers with its DynamicCache."""

import torch

COUNTERPART = "transformers.models.llama.modeling_llama.LlamaAttention"


def pairs(implementation, seed):
    """A prompt, a chunk and two single tokens; outputs and caches."""
    from transformers import DynamicCache, LlamaConfig
    from transformers.models.llama.modeling_llama import (
        LlamaAttention,
        LlamaRotaryEmbedding,
    )

    torch.manual_seed(seed)
    config = LlamaConfig(
        hidden_size=24,
        num_attention_heads=3,
        num_key_value_heads=3,
        num_hidden_layers=1,
        attn_implementation="eager",
    )
    theirs = LlamaAttention(config, layer_idx=0).eval()
    rotary, library_cache = LlamaRotaryEmbedding(config), DynamicCache()
    ours, cache = implementation.CachedAttention(24, 3), None
    ours.load_state_dict(
        {
            f"W_{name[0]}.weight": value
            for name, value in theirs.state_dict().items()
        }
    )
    start = 0
    for length in (5, 3, 1, 1):
        x = torch.randn(2, length, 24)
        positions = torch.arange(start, start + length)  # (T,)
        keys = torch.arange(start + length)  # (S + T,)
        mask = torch.zeros(length, start + length)
        mask = mask.masked_fill(keys > positions[:, None], -torch.inf)
        y, cache = ours(x, cache)
        expected, _ = theirs(
            x,
            position_embeddings=rotary(x, positions[None]),
            attention_mask=mask[None, None],
            past_key_values=library_cache,
        )
        start += length
        layer = library_cache.layers[0]
        yield f"after {start} tokens: keys", cache[0], layer.keys
        yield f"after {start} tokens: values", cache[1], layer.values
        yield f"after {start} tokens: output", y, expected
