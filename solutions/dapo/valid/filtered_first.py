import torch


def mixed_groups(rewards, group_size):
    if rewards.shape[0] % group_size:
        raise ValueError("the number of rewards must be a multiple")
    groups = rewards.view(-1, group_size)
    mixed = groups.max(dim=1).values > groups.min(dim=1).values
    return mixed[:, None].expand(-1, group_size).reshape(-1)


def dapo_loss(
    log_probs,
    old_log_probs,
    rewards,
    mask,
    group_size,
    epsilon_low=0.2,
    epsilon_high=0.28,
    eps=1e-4,
):
    kept = mixed_groups(rewards.detach().contiguous(), group_size)
    rewards, mask = rewards.detach()[kept], mask[kept]
    log_ratio = log_probs[kept] - old_log_probs.detach()[kept]
    log_ratio = torch.where(mask, log_ratio, torch.zeros_like(log_ratio))
    groups = rewards.reshape(-1, group_size)
    std, mean = torch.std_mean(groups, dim=1, keepdim=True)
    advantage = ((groups - mean) / (std + eps)).flatten()[:, None]
    advantage = advantage.expand_as(log_ratio)
    ratio = log_ratio.exp()
    # min(r·A, clip(r)·A) by cases
    good = ratio.clamp(max=1 + epsilon_high)
    bad = ratio.clamp(min=1 - epsilon_low)
    gain = torch.where(advantage > 0, good, bad) * advantage
    return -torch.where(mask, gain, 0.0).sum() / max(int(mask.sum()), 1)
