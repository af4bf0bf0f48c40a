from torch import Tensor


def dpo_loss(
    policy_chosen: Tensor,
    policy_rejected: Tensor,
    reference_chosen: Tensor,
    reference_rejected: Tensor,
    beta: float,
    label_smoothing: float = 0.0,
) -> tuple[Tensor, Tensor, Tensor]:
    """Four summed log-probabilities (B,) -> loss (), chosen rewards (B,), rejected rewards (B,)."""
    raise NotImplementedError
