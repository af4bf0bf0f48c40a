from torch import Tensor


def min_p_filter(logits: Tensor, min_p: float) -> Tensor:
    """logits (..., V) -> (..., V), −∞ where a token is less than min_p times as likely as the likeliest."""
    raise NotImplementedError
