from torch import Tensor


def causal_mask(query_length: int, key_length: int, key_mask: Tensor | None = None) -> Tensor:
    """bool, True = may attend: (query_length, key_length), with key_mask (B, 1, query_length, key_length)."""
    raise NotImplementedError


def query_positions(key_mask: Tensor, query_length: int) -> Tensor:
    """key_mask (B, key_length) -> int64 (B, query_length), counted from each row's first real token."""
    raise NotImplementedError
