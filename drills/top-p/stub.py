from torch import Tensor


def top_p_filter(logits: Tensor, p: float) -> Tensor:
    """logits (..., V) -> (..., V), with −∞ for all tokens outside the nucleus of their row."""
    raise NotImplementedError
