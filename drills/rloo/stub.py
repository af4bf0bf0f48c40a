from torch import Tensor


def returns_to_go(rewards: Tensor, gamma: float = 1.0) -> Tensor:
    """Rewards (B, T) -> discounted sums from each step on, (B, T)."""
    raise NotImplementedError


def rloo_advantages(rewards: Tensor) -> Tensor:
    """Rewards (P, G) -> reward minus the mean of the others, (P, G)."""
    raise NotImplementedError


def reinforce_loss(log_probs: Tensor, returns: Tensor, baseline: Tensor, mask: Tensor) -> Tensor:
    """log_probs and mask (N, T), returns (N, T) or (N, 1), baseline broadcasts to (N, T) -> ()."""
    raise NotImplementedError
