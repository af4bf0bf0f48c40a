import torch


def value_loss(values, old_values, returns, mask, epsilon=0.2):
    total, count = values.new_zeros(()), 0
    for b, t in mask.nonzero().tolist():
        v = values[b, t]
        old, target = old_values[b, t].detach(), returns[b, t].detach()
        near = old + torch.clamp(v - old, -epsilon, epsilon)
        total = total + torch.max((v - target) ** 2, (near - target) ** 2)
        count += 1
    return total / (2 * max(count, 1))


def mean_entropy(logits, mask):
    total, count = logits.new_zeros(()), 0
    for b, t in mask.nonzero().tolist():
        row = logits[b, t]
        row = row[row > float("-inf")]
        log_p = row - row.logsumexp(0)
        total = total - (log_p.exp() * log_p).sum()
        count += 1
    return total / max(count, 1)


def ppo_loss(
    policy,
    value,
    entropy,
    value_coefficient=0.5,
    entropy_coefficient=0.01,
):
    return policy + (value_coefficient * value - entropy_coefficient * entropy)
