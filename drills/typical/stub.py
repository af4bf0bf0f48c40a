from torch import Tensor


def typical_filter(logits: Tensor, mass: float) -> Tensor:
    """logits (..., V) -> (..., V), −∞ where a token is not among the most typical ones."""
    raise NotImplementedError
