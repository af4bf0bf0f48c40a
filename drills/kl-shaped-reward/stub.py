from torch import Tensor


def kl_shaped_reward(
    scores: Tensor, log_probs: Tensor, reference_log_probs: Tensor, mask: Tensor, beta: float
) -> Tensor:
    """scores (B,), log-probabilities and mask (B, T) -> rewards (B, T)."""
    raise NotImplementedError
