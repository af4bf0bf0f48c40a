import torch


def ppo_policy_loss(log_probs, old_log_probs, advantages, mask, epsilon=0.2):
    old, adv = old_log_probs.detach(), advantages.detach()
    delta = torch.where(mask, log_probs - old, torch.zeros_like(old))
    ratio = torch.exp(delta)
    losses = torch.maximum(
        -adv * ratio, -adv * torch.clamp(ratio, 1.0 - epsilon, 1.0 + epsilon)
    )
    weight = mask.to(losses.dtype)
    return (losses * weight).sum() / weight.sum().clamp(min=1.0)
