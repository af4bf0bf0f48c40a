"""The loss of a causal language model (Radford et al. 2018, §3.1)."""

from torch import Tensor
from torch.nn import functional


def causal_lm_loss(
    logits: Tensor, labels: Tensor, ignore_index: int = -100
) -> Tensor:
    """Mean cross-entropy of each label given the tokens before it.

    Shapes: logits (B, T, V), labels (B, T) not shifted -> ().
    """
    predictions = logits[:, :-1].flatten(0, 1)  # (B·(T − 1), V)
    targets = labels[:, 1:].flatten()  # (B·(T − 1),), each one step later

    total = functional.cross_entropy(
        predictions, targets, ignore_index=ignore_index, reduction="sum"
    )
    counted = (targets != ignore_index).sum()
    return total / counted.clamp(min=1)  # 0 / 1 where nothing counts
