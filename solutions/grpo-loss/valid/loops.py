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
    if aggregation not in ("sequence", "token"):
        raise ValueError(aggregation)
    total, tokens = log_probs.new_zeros(()), 0
    for i in range(len(log_probs)):
        new = log_probs[i][mask[i]]
        if not len(new):
            continue
        old = old_log_probs[i][mask[i]].detach()
        ref = reference_log_probs[i][mask[i]].detach()
        a = advantages[i].item()
        r = torch.exp(new - old)
        bounded = (
            r.clamp(max=1 + epsilon) if a > 0 else r.clamp(min=1 - epsilon)
        )
        k3 = torch.exp(ref - new) - (ref - new) - 1
        loss = -bounded * a + beta * k3
        tokens += len(new)
        total = total + (
            loss.mean() if aggregation == "sequence" else loss.sum()
        )
    if aggregation == "sequence":
        return total / len(log_probs)
    return total / max(tokens, 1)
