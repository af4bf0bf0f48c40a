from torch import Tensor


def pool(hidden: Tensor, attention_mask: Tensor, mode: str) -> Tensor:
    """hidden (B, T, d), int64 mask (B, T) with 1 = real token -> one vector per text (B, d)."""
    raise NotImplementedError
