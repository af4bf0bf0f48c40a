import torch


def grpo_loss(
    log_probs,
    old_log_probs,
    reference_log_probs,
    advantages,
    mask,
    epsilon=0.2,
    beta=0.04,
    aggregation="sequence",
):
    """One weight per token; the rest is a weighted sum."""
    m = mask.to(log_probs.dtype)
    if aggregation == "sequence":
        weight = m / m.sum(1, keepdim=True).clamp(min=1) / mask.shape[0]
    elif aggregation == "token":
        weight = m / m.sum().clamp(min=1)
    else:
        raise ValueError("aggregation")
    zero = torch.zeros((), dtype=log_probs.dtype)
    with torch.no_grad():
        old = torch.where(mask, old_log_probs, zero)
        ref = torch.where(mask, reference_log_probs, zero)
        a = advantages[:, None].expand_as(m)
    new = torch.where(mask, log_probs, zero)
    ratio = torch.exp(new - old)
    policy = torch.maximum(
        -ratio * a, -ratio.clip(1 - epsilon, 1 + epsilon) * a
    )
    kl = torch.special.expm1(ref - new) + new - ref
    return (weight * (policy + beta * kl)).sum()
