import torch


def ipo_loss(
    policy_chosen,
    policy_rejected,
    reference_chosen,
    reference_rejected,
    beta,
):
    h = (policy_chosen - reference_chosen.detach()).double()
    h = h - (policy_rejected - reference_rejected.detach()).double()
    h = h - 0.5 / beta
    return (h * h).mean().to(policy_chosen.dtype)


def simpo_loss(
    chosen, rejected, chosen_lengths, rejected_lengths, beta=2.0, gamma=1.0
):
    w = chosen.double() / chosen_lengths
    rewards = torch.stack(
        [beta * w - gamma, beta * rejected.double() / rejected_lengths]
    )
    return -rewards.log_softmax(0)[0].mean().to(chosen.dtype)


def orpo_loss(chosen, rejected, chosen_lengths, rejected_lengths, lam=0.1):
    w, losing = (
        chosen.double() / chosen_lengths,
        rejected.double() / rejected_lengths,
    )
    odds = [x - torch.log1p(-torch.exp(x)) for x in (w, losing)]
    ratio = torch.logaddexp(torch.zeros_like(w), odds[1] - odds[0])
    return (lam * ratio - w).mean().to(chosen.dtype)


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
    shift = mismatched_policy.detach() - mismatched_reference.detach()
    z = max(0.0, shift.double().mean().item())
    ratios = (policy - reference.detach()).double()
    total = ratios.new_zeros(())
    for ratio, good in zip(ratios, desirable.tolist(), strict=True):
        x = beta * (ratio - z)
        if good:
            total = total + desirable_weight * torch.sigmoid(-x)
        else:
            total = total + undesirable_weight * torch.sigmoid(x)
    return (total / len(ratios)).to(policy.dtype)
