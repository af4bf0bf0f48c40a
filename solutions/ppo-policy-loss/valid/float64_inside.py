import torch


def ppo_policy_loss(log_probs, old_log_probs, advantages, mask, epsilon=0.2):
    outside = mask.logical_not()
    new = log_probs.double().masked_fill(outside, 0)
    old = old_log_probs.detach().double().masked_fill(outside, 0)
    a = advantages.detach().double().masked_fill(outside, 0)
    r = torch.exp(new - old)
    gain = torch.minimum(r * a, r.clamp(1 - epsilon, 1 + epsilon) * a)
    return (-gain.sum() / mask.sum().clamp(min=1)).to(log_probs.dtype)
