"""Group relative policy optimisation (Shao et al. 2024, §4.1, Eq. 3–4)."""

import torch
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
    """PPO's clipped loss with one advantage per answer, plus β·KL in the loss.

    Shapes: log-probabilities and mask (N, T), mask True = token of the answer;
    advantages (N,) -> (). "sequence" averages each answer, then the answers;
    "token" averages all tokens at once (DAPO). Raises ValueError otherwise.
    """
    advantage = advantages.detach().unsqueeze(-1)  # (N, 1), for all its tokens
    # masked before exp: ∞ times a gradient of 0 would be NaN
    log_ratio = (log_probs - old_log_probs.detach()).masked_fill(~mask, 0.0)
    log_rho = (reference_log_probs.detach() - log_probs).masked_fill(~mask, 0.0)

    ratio = log_ratio.exp()  # π/π_old, (N, T)
    clipped = ratio.clamp(1 - epsilon, 1 + epsilon)
    gain = torch.min(ratio * advantage, clipped * advantage)
    kl = log_rho.expm1() - log_rho  # k3, never negative
    losses = (beta * kl - gain).masked_fill(~mask, 0.0)  # (N, T)

    if aggregation == "sequence":
        return (losses.sum(-1) / mask.sum(-1).clamp(min=1)).mean()
    if aggregation == "token":
        return losses.sum() / mask.sum().clamp(min=1)
    raise ValueError(f"aggregation is sequence or token, not {aggregation!r}")
