"""What inference and attention keep in memory, in bytes."""

from __future__ import annotations

from llmprep.content.items import ModelCard


def kv_cache_bytes(model: ModelCard, tokens: float, batch: float, bytes_per_element: float) -> float:
    """Bytes of keys and values kept while decoding.

    2 · layers · kv_heads · head_width · tokens · batch · bytes_per_element; the 2 is for keys and values.
    With latent attention a token leaves its latent and the one key with positions in each layer: kv_rank +
    rope_width elements. Every token is kept, also where a sliding window could drop it (see
    `window_cache_bytes`); the cross-attention keys and values of an encoder-decoder are not counted.

    Args:
        tokens: per sequence, prompt and answer together.
        batch: sequences.
        bytes_per_element: 2 for bf16 and fp16.

    Raises:
        ValueError: an encoder decodes nothing, so it has no cache.

    Source: arXiv:1911.02150; arXiv:2305.13245.
    """
    if model.kind == "encoder":
        raise ValueError(f"{model.name} is an encoder; it decodes nothing and has no KV cache")
    return model.layers * cache_elements(model) * tokens * batch * bytes_per_element


def cache_elements(model: ModelCard) -> int:
    """Numbers that one token leaves in the cache of one layer.

    Source: arXiv:1911.02150; deepseek-v2 Table 1.
    """
    if model.latent is not None:
        return model.latent.kv_rank + model.latent.rope_width
    return 2 * model.kv_heads * model.head_width


def window_cache_bytes(model: ModelCard, tokens: float, batch: float, bytes_per_element: float) -> float:
    """The same with a rolling buffer: blocks with a sliding window keep no more than the window.

    Source: Mistral 7B, arXiv:2310.06825 §2.
    """
    everything = kv_cache_bytes(model, tokens, batch, bytes_per_element)
    if model.window is None or tokens <= model.window.tokens:
        return everything
    every = model.window.full_every
    full = 0 if every is None else model.layers // every
    share = (full + (model.layers - full) * model.window.tokens / tokens) / model.layers
    return everything * share


def attention_score_bytes(heads: float, tokens: float, batch: float, bytes_per_element: float) -> float:
    """Bytes of the tokens × tokens score matrices of one layer, all heads: what FlashAttention never stores.

    Source: flash-attention §2.2.
    """
    return batch * heads * tokens * tokens * bytes_per_element
