from torch import Tensor


def causal_lm_loss(logits: Tensor, labels: Tensor, ignore_index: int = -100) -> Tensor:
    """logits (B, T, V), labels (B, T) not shifted -> scalar."""
    raise NotImplementedError
