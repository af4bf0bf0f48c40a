"""Estimators of KL(π ‖ π_ref) from samples of π (Schulman 2020)."""

from torch import Tensor


def kl_estimate(
    log_probs: Tensor,
    reference_log_probs: Tensor,
    mask: Tensor,
    kind: str = "k3",
) -> tuple[Tensor, Tensor]:
    """Estimates per token and their mean over the tokens that count.

    Shapes: all (B, T), mask True = counts -> (B, T), (). With ρ = π_ref/π:
    k1 = −log ρ, unbiased, may be negative; k2 = ½·(log ρ)², biased, never
    negative; k3 = ρ − 1 − log ρ, unbiased and never negative.
    """
    log_ratio = reference_log_probs.detach() - log_probs  # log ρ, (B, T)
    # before exp; every estimate of log ρ = 0 is 0
    log_ratio = log_ratio.masked_fill(~mask, 0.0)
    if kind == "k1":
        estimate = -log_ratio
    elif kind == "k2":
        estimate = log_ratio.square() / 2
    elif kind == "k3":
        estimate = log_ratio.expm1() - log_ratio
    else:
        raise ValueError(f"kind is k1, k2 or k3, not {kind!r}")
    return estimate, estimate.sum() / mask.sum().clamp(min=1)
