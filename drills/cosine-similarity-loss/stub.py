from torch import Tensor


def cosine_similarity(u: Tensor, v: Tensor) -> Tensor:
    """u, v (B, d) -> the cosine of each pair (B,)."""
    raise NotImplementedError


def cosine_similarity_loss(u: Tensor, v: Tensor, gold: Tensor) -> Tensor:
    """u, v (B, d), gold scores (B,) -> a scalar."""
    raise NotImplementedError
