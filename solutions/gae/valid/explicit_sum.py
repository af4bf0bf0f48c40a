import torch


def gae(rewards, values, last_value, dones, gamma=0.99, lam=0.95):
    rewards, values = rewards.detach(), values.detach()
    last_value = last_value.detach()
    B, T = rewards.shape
    keep = 1.0 - dones.to(rewards.dtype)
    v_next = torch.hstack([values[:, 1:], last_value[:, None]])
    delta = rewards + gamma * v_next * keep - values
    columns = []
    for t in range(T):
        total = torch.zeros(B, dtype=rewards.dtype)
        weight = torch.ones(B, dtype=rewards.dtype)
        for s in range(t, T):
            total = total + weight * delta[:, s]
            weight = weight * gamma * lam * keep[:, s]
        columns.append(total)
    advantages = torch.stack(columns, dim=1)
    return advantages, advantages + values
