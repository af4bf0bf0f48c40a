from torch import Tensor


def sequence_log_probability(logits: Tensor, labels: Tensor, mask: Tensor, average: bool = False) -> Tensor:
    """logits (B, T, V), labels (B, T) of int64, mask (B, T) True = response token -> (B,)."""
    raise NotImplementedError
