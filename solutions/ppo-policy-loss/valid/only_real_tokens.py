import torch


def ppo_policy_loss(log_probs, old_log_probs, advantages, mask, epsilon=0.2):
    new = log_probs[mask]
    if new.numel() == 0:
        return log_probs.new_zeros(())
    old, a = old_log_probs[mask].detach(), advantages[mask].detach()
    r = (new - old).exp()
    objective = torch.minimum(r * a, r.clip(1 - epsilon, 1 + epsilon) * a)
    return -objective.mean()
