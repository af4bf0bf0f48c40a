from torch import Tensor


def padding_mask(lengths: Tensor, T: int) -> Tensor:
    """lengths (B,) integers -> (B, 1, T) boolean, True = a real token."""
    raise NotImplementedError


def causal_mask(T_q: int, T_k: int) -> Tensor:
    """(T_q, T_k) boolean, True = may attend; the first T_k - T_q keys are the past."""
    raise NotImplementedError


def combined_mask(lengths: Tensor, T_q: int, T_k: int) -> Tensor:
    """lengths (B,) integers -> (B, T_q, T_k) boolean, True = real and not in the future."""
    raise NotImplementedError
