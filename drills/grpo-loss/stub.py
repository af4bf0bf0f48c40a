from torch import Tensor


def grpo_loss(
    log_probs: Tensor,
    old_log_probs: Tensor,
    reference_log_probs: Tensor,
    advantages: Tensor,
    mask: Tensor,
    epsilon: float = 0.2,
    beta: float = 0.04,
    aggregation: str = "sequence",
) -> Tensor:
    """Log-probabilities and mask (N, T), advantages (N,) -> (), the loss to minimise."""
    raise NotImplementedError
