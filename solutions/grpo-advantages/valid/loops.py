import torch


def grpo_advantages(rewards, group_size, eps=1e-4, scale=True):
    if rewards.numel() % group_size:
        raise ValueError
    parts = []
    for group in rewards.split(group_size):
        group = group.double()
        centred = group - group.sum() / group_size
        if scale:
            var = (centred**2).sum() / max(group_size - 1, 1)
            centred = centred / (var.sqrt() + eps)
        parts.append(centred)
    return torch.cat(parts).to(rewards.dtype)
