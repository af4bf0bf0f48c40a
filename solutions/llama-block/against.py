"""The decoder layer of LLaMA in transformers with its DynamicCache."""

import torch

COUNTERPART = "transformers.models.llama.modeling_llama.LlamaDecoderLayer"


def pairs(implementation, seed):
    """A prompt, a chunk and a single token; caches and outputs."""
    from transformers import DynamicCache, LlamaConfig
    from transformers.models.llama.modeling_llama import (
        LlamaDecoderLayer,
        LlamaRotaryEmbedding,
    )

    torch.manual_seed(seed)
    config = LlamaConfig(
        hidden_size=24,
        intermediate_size=20,
        num_attention_heads=6,
        num_key_value_heads=2,
        num_hidden_layers=1,
        attn_implementation="eager",
    )
    theirs = LlamaDecoderLayer(config, layer_idx=0).eval()
    with torch.no_grad():
        for name, parameter in theirs.named_parameters():
            parameter.normal_(mean=float("norm" in name), std=0.4)
    ours = implementation.LlamaBlock(24, 6, 2, 20, eps=config.rms_norm_eps)
    ours.load_state_dict(theirs.state_dict())
    rotary, library_cache = LlamaRotaryEmbedding(config), DynamicCache()
    cache, start = None, 0
    for length in (5, 3, 1):
        x = torch.randn(2, length, 24)
        positions = torch.arange(start, start + length)  # (T,)
        cos, sin = rotary(x, positions[None])
        future = torch.arange(start + length) > positions[:, None]
        mask = torch.zeros(future.shape).masked_fill(future, -torch.inf)
        expected = theirs(
            x,
            attention_mask=mask[None, None],
            past_key_values=library_cache,
            position_embeddings=(cos, sin),
        )
        half = cos.size(-1) // 2  # the library holds every angle twice
        y, cache = ours(x, cos[0, :, :half], sin[0, :, :half], cache)
        start += length
        layer = library_cache.layers[0]
        yield f"after {start} tokens: keys", cache[0], layer.keys
        yield f"after {start} tokens: values", cache[1], layer.values
        yield f"after {start} tokens: output", y, expected
