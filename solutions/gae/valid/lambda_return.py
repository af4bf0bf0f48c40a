import torch


def gae(rewards, values, last_value, dones, gamma=0.99, lam=0.95):
    """First the λ-returns, then the advantages."""
    r, v = rewards.detach(), values.detach()
    following, target = last_value.detach(), last_value.detach()
    returns = torch.zeros_like(r)
    for t in range(r.shape[1] - 1, -1, -1):
        mixed = (1 - lam) * following + lam * target
        target = r[:, t] + gamma * mixed.masked_fill(dones[:, t], 0.0)
        returns[:, t] = target
        following = v[:, t]
    return returns - v, returns
