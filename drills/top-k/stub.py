from torch import Tensor


def top_k_filter(logits: Tensor, k: int) -> Tensor:
    """logits (..., V) -> (..., V), with −∞ for all but the k largest of each row."""
    raise NotImplementedError
