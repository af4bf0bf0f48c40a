import torch


def grpo_advantages(rewards, group_size, eps=1e-4, scale=True):
    if len(rewards) % group_size != 0:
        raise ValueError("incomplete group")
    groups = rewards.unflatten(0, (-1, group_size))
    if group_size == 1:
        return torch.zeros_like(rewards)
    std, mean = torch.std_mean(groups, dim=1, keepdim=True)
    advantages = groups - mean
    return (advantages / (std + eps) if scale else advantages).flatten()
