"""What inference and attention keep in memory, in bytes."""

from __future__ import annotations

from llmprep.content.items import ModelCard


def kv_cache_bytes(model: ModelCard, tokens: float, batch: float, bytes_per_element: float) -> float:
    """Bytes of keys and values kept while decoding.

    2 · layers · kv_heads · head_width · tokens · batch · bytes_per_element; the 2 is for keys and values.
    Every token is kept: what a sliding window could drop (Mistral 7B with a rolling buffer) is counted, and
    the fixed cross-attention keys and values of an encoder-decoder are not.

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
    elements_per_token = 2 * model.layers * model.kv_heads * model.head_width
    return elements_per_token * tokens * batch * bytes_per_element


def attention_score_bytes(heads: float, tokens: float, batch: float, bytes_per_element: float) -> float:
    """Bytes of the tokens × tokens score matrices of one layer, all heads: what FlashAttention never stores.

    Source: flash-attention §2.2.
    """
    return batch * heads * tokens * tokens * bytes_per_element
