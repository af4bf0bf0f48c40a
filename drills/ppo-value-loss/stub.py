from torch import Tensor


def value_loss(
    values: Tensor, old_values: Tensor, returns: Tensor, mask: Tensor, epsilon: float = 0.2
) -> Tensor:
    """All (B, T), mask True = token of the answer -> ()."""
    raise NotImplementedError


def mean_entropy(logits: Tensor, mask: Tensor) -> Tensor:
    """logits (B, T, V), mask (B, T) -> (), in nats."""
    raise NotImplementedError


def ppo_loss(
    policy: Tensor,
    value: Tensor,
    entropy: Tensor,
    value_coefficient: float = 0.5,
    entropy_coefficient: float = 0.01,
) -> Tensor:
    """Three numbers () -> the whole loss (), to minimise."""
    raise NotImplementedError
