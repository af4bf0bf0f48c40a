import torch


def gae(rewards, values, last_value, dones, gamma=0.99, lam=0.95):
    with torch.no_grad():
        T = rewards.size(1)
        alive = dones.logical_not()
        nxt = values.roll(-1, dims=1)
        nxt[:, -1] = last_value
        delta = rewards + gamma * torch.where(alive, nxt, 0.0) - values
        episode = dones.long().cumsum(1) - dones.long()  # (B, T)
        same = episode[:, :, None] == episode[:, None, :]
        gap = torch.arange(T)[None] - torch.arange(T)[:, None]
        decay = (gamma * lam) ** gap.clamp(min=0).to(delta.dtype)
        weight = decay * (gap >= 0) * same
        advantages = (weight * delta[:, None, :]).sum(-1)
        return advantages.to(rewards.dtype), (advantages + values).to(
            rewards.dtype
        )
