"""Bytes of the KV cache, and FLOPs of prefill, decoding and training
(the counting of Kaplan et al. 2020, §2.1, with GQA and causal attention)."""

from typing import Any

Config = dict[str, Any]


def kv_cache_bytes(
    config: Config, batch: int, tokens: int, bits: int = 16
) -> int:
    per_token = 2 * config["layers"] * config["kv_heads"] * config["head_width"]
    return batch * tokens * per_token * bits // 8


def decode_flops(config: Config, context: int) -> int:
    """One new token of one sequence, `context` tokens in the cache."""
    return _forward(config, tokens=1, pairs=context + 1, predicted=1)


def prefill_flops(config: Config, tokens: int) -> int:
    """A prompt; only its last token is to predict something."""
    pairs = tokens * (tokens + 1) // 2
    return _forward(config, tokens, pairs, predicted=1)


def training_flops(config: Config, tokens: int) -> int:
    """One sequence, forward and backward, a loss at every token."""
    pairs = tokens * (tokens + 1) // 2
    return 3 * _forward(config, tokens, pairs, predicted=tokens)


def _forward(config: Config, tokens: int, pairs: int, predicted: int) -> int:
    """`pairs` of a query and a key it may see; `predicted` uses of the head.

    A multiply-add is 2 FLOPs, so every weight costs 2 per token.
    """
    width, layers = config["width"], config["layers"]
    query = config["heads"] * config["head_width"]
    key = config["kv_heads"] * config["head_width"]
    matrices = 3 if config["gated"] else 2
    projections = 2 * width * query + 2 * width * key  # Q and O, K and V
    ffn = matrices * width * config["ffn_width"]
    weights = 2 * layers * (projections + ffn)  # per token
    attention = 2 * 2 * layers * query  # QKᵀ and the sum over V, per pair
    head = 2 * config["vocabulary"] * width
    return tokens * weights + pairs * attention + predicted * head
