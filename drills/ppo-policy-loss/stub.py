from torch import Tensor


def ppo_policy_loss(
    log_probs: Tensor,
    old_log_probs: Tensor,
    advantages: Tensor,
    mask: Tensor,
    epsilon: float = 0.2,
) -> Tensor:
    """All (B, T), mask True = token of the answer -> (), the loss to minimise."""
    raise NotImplementedError
