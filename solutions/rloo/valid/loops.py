import torch


def returns_to_go(rewards, gamma=1.0):
    steps = rewards.size(1)
    distance = torch.arange(steps)[:, None] - torch.arange(steps)[None, :]
    weights = torch.where(
        distance >= 0,
        torch.tensor(float(gamma), dtype=torch.float64) ** distance.clamp(0),
        0.0,
    )
    return (rewards.detach().double() @ weights).to(rewards.dtype)


def rloo_advantages(rewards):
    rewards = rewards.detach()
    size = rewards.size(1)
    if size == 1:
        raise ValueError("a single answer")
    columns = []
    for i in range(size):
        others = torch.cat([rewards[:, :i], rewards[:, i + 1 :]], dim=1)
        columns.append(rewards[:, i] - others.mean(dim=1))
    return torch.stack(columns, dim=1)


def reinforce_loss(log_probs, returns, baseline, mask):
    weight = (returns.detach() - baseline.detach()).expand(log_probs.shape)
    total = log_probs.new_zeros(())
    for row in range(len(log_probs)):
        keep = mask[row]
        total = total + (weight[row][keep] * log_probs[row][keep]).sum()
    return -total / len(log_probs)
