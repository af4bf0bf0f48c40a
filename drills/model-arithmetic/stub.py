from typing import Any

Config = dict[str, Any]


def kv_cache_bytes(config: Config, batch: int, tokens: int, bits: int = 16) -> int:
    raise NotImplementedError


def decode_flops(config: Config, context: int) -> int:
    """One new token of one sequence, `context` tokens in the cache."""
    raise NotImplementedError


def prefill_flops(config: Config, tokens: int) -> int:
    raise NotImplementedError


def training_flops(config: Config, tokens: int) -> int:
    """Forward and backward pass over one sequence."""
    raise NotImplementedError
