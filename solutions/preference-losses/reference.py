"""Four relatives of DPO: IPO, SimPO, ORPO and KTO.

Azar et al. 2023; Meng et al. 2024, §2; Hong et al. 2024; Ethayarajh et al.
2024. Log-probabilities are sums over the tokens of an answer.
"""

import torch
import torch.nn.functional as F
from torch import Tensor


def ipo_loss(
    policy_chosen: Tensor,
    policy_rejected: Tensor,
    reference_chosen: Tensor,
    reference_rejected: Tensor,
    beta: float,
) -> Tensor:
    """Mean of (h − 1/(2β))²: a margin to reach, not to exceed; (B,) -> ()."""
    chosen = policy_chosen - reference_chosen.detach()  # log-ratios, (B,)
    rejected = policy_rejected - reference_rejected.detach()
    h = chosen - rejected
    return (h - 1 / (2 * beta)).square().mean()


def simpo_loss(
    chosen: Tensor,
    rejected: Tensor,
    chosen_lengths: Tensor,
    rejected_lengths: Tensor,
    beta: float = 2.0,
    gamma: float = 1.0,
) -> Tensor:
    """DPO with the mean log-probability as the reward, and a target margin γ.

    All (B,) -> ().
    """
    margin = chosen / chosen_lengths - rejected / rejected_lengths
    return -F.logsigmoid(beta * margin - gamma).mean()


def orpo_loss(
    chosen: Tensor,
    rejected: Tensor,
    chosen_lengths: Tensor,
    rejected_lengths: Tensor,
    lam: float = 0.1,
) -> Tensor:
    """SFT on the chosen answer plus λ times an odds-ratio term; (B,) -> ()."""
    chosen = chosen / chosen_lengths  # log p per token
    rejected = rejected / rejected_lengths
    log_odds_ratio = log_odds(chosen) - log_odds(rejected)
    return (-chosen - lam * F.logsigmoid(log_odds_ratio)).mean()


def kto_loss(
    policy: Tensor,
    reference: Tensor,
    desirable: Tensor,
    mismatched_policy: Tensor,
    mismatched_reference: Tensor,
    beta: float = 0.1,
    desirable_weight: float = 1.0,
    undesirable_weight: float = 1.0,
) -> Tensor:
    """One answer at a time, judged against how far the policy has moved.

    Shapes: policy, reference, desirable (N,), the mismatched ones, answers to
    other prompts, (M,) -> ().
    """
    log_ratio = policy - reference.detach()  # (N,)
    z = (mismatched_policy - mismatched_reference).mean()
    z = z.clamp(min=0).detach()  # a KL is not negative; a point, not a path
    gain = torch.where(desirable, log_ratio - z, z - log_ratio)
    losses = torch.sigmoid(-beta * gain)  # 1 − σ(β·gain)
    good, bad = desirable_weight * losses, undesirable_weight * losses
    return torch.where(desirable, good, bad).mean()


def log_odds(log_p: Tensor) -> Tensor:
    """log(p/(1 − p)); expm1 keeps the digits of 1 − p where p is near 1."""
    return log_p - (-log_p.expm1()).log()
