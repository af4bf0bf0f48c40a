import torch
import torch.nn.functional as F


def ipo_loss(
    policy_chosen,
    policy_rejected,
    reference_chosen,
    reference_rejected,
    beta,
):
    with torch.no_grad():
        reference = reference_chosen - reference_rejected
    h = (policy_chosen - policy_rejected) - reference
    return F.mse_loss(h, torch.full_like(h, 0.5 / beta))


def simpo_loss(
    chosen, rejected, chosen_lengths, rejected_lengths, beta=2.0, gamma=1.0
):
    x = beta * (chosen / chosen_lengths) - beta * (rejected / rejected_lengths)
    return F.softplus(gamma - x).mean()


def orpo_loss(chosen, rejected, chosen_lengths, rejected_lengths, lam=0.1):
    log_p, log_q = chosen / chosen_lengths, rejected / rejected_lengths
    # p/(1 − p) = 1/(1/p − 1)
    far_p, far_q = log_p.clamp(max=-1), log_q.clamp(max=-1)
    odds_p = torch.where(
        log_p < -1, far_p - torch.log1p(-far_p.exp()), near(log_p)
    )
    odds_q = torch.where(
        log_q < -1, far_q - torch.log1p(-far_q.exp()), near(log_q)
    )
    sft = -log_p.mean()
    return sft + lam * F.softplus(odds_q - odds_p).mean()


def near(log_p):
    """log odds near p = 1: −log(exp(−log p) − 1)."""
    return -torch.log(torch.expm1(-log_p.clamp(min=-1)))


def kto_loss(
    policy,
    reference,
    desirable,
    mismatched_policy,
    mismatched_reference,
    beta=0.1,
    desirable_weight=1.0,
    undesirable_weight=1.0,
):
    with torch.no_grad():
        z = torch.relu((mismatched_policy - mismatched_reference).mean())
    sign = desirable.to(policy.dtype) * 2 - 1
    weight = desirable.to(policy.dtype) * desirable_weight
    weight = weight + (~desirable).to(policy.dtype) * undesirable_weight
    value = torch.sigmoid(beta * sign * (policy - reference.data - z))
    return (weight * (1 - value)).mean()
