from torch import Tensor


def weighted_mean_pool(hidden: Tensor, attention_mask: Tensor) -> Tensor:
    """hidden (B, T, d), int64 mask (B, T) with 1 = real token -> one vector per text (B, d)."""
    raise NotImplementedError
