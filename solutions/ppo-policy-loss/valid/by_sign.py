import torch


def ppo_policy_loss(log_probs, old_log_probs, advantages, mask, epsilon=0.2):
    with torch.no_grad():
        a = advantages * mask
        old = old_log_probs.masked_fill(~mask, 0)
    r = torch.exp(log_probs.masked_fill(~mask, 0) - old)
    high = r.clamp(max=1 + epsilon)
    low = r.clamp(min=1 - epsilon)
    gain = torch.where(a >= 0, high, low) * a
    return -gain.sum() / max(int(mask.sum()), 1)
