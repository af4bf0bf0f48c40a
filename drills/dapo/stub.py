from torch import Tensor


def mixed_groups(rewards: Tensor, group_size: int) -> Tensor:
    """Rewards (N,) -> boolean (N,), True where the group's rewards are not all equal."""
    raise NotImplementedError


def dapo_loss(
    log_probs: Tensor,
    old_log_probs: Tensor,
    rewards: Tensor,
    mask: Tensor,
    group_size: int,
    epsilon_low: float = 0.2,
    epsilon_high: float = 0.28,
    eps: float = 1e-4,
) -> Tensor:
    """Log-probabilities and mask (N, T), rewards (N,) -> (), the loss to minimise."""
    raise NotImplementedError
