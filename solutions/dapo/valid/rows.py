import torch


def mixed_groups(rewards, group_size):
    if len(rewards) % group_size != 0:
        raise ValueError("incomplete group")
    flags = []
    for group in rewards.split(group_size):
        different = len(set(group.tolist())) > 1
        flags.extend([different] * group_size)
    return torch.tensor(flags)


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
    kept = mixed_groups(rewards, group_size)
    losses = []
    for start in range(0, len(rewards), group_size):
        rows = slice(start, start + group_size)
        if not kept[start]:
            continue
        group = rewards[rows].detach()
        advantages = (group - group.mean()) / (group.std() + eps)
        for row, advantage in zip(
            range(start, start + group_size), advantages, strict=True
        ):
            keep = mask[row]
            new, old = log_probs[row][keep], old_log_probs[row][keep].detach()
            ratio = torch.exp(new - old)
            high = torch.clip(ratio, 1 - epsilon_low, 1 + epsilon_high)
            losses.append(torch.maximum(-ratio * advantage, -high * advantage))
    if not losses or sum(len(x) for x in losses) == 0:
        return log_probs.masked_fill(~mask, 0).sum() * 0
    return torch.cat(losses).mean()
