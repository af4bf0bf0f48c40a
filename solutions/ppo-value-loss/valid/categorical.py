import torch
from torch.distributions import Categorical


def value_loss(values, old_values, returns, mask, epsilon=0.2):
    v, old, r = values[mask], old_values[mask].detach(), returns[mask].detach()
    if v.numel() == 0:
        return values.new_zeros(())
    v_clip = torch.clamp(v, old - epsilon, old + epsilon)
    return 0.5 * torch.maximum((v - r) ** 2, (v_clip - r) ** 2).mean()


def mean_entropy(logits, mask):
    if not mask.any():
        return logits.new_zeros(())
    return Categorical(logits=logits[mask]).entropy().mean()


def ppo_loss(
    policy,
    value,
    entropy,
    value_coefficient=0.5,
    entropy_coefficient=0.01,
):
    return policy - entropy_coefficient * entropy + value_coefficient * value
