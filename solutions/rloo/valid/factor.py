import torch


def returns_to_go(rewards, gamma=1.0):
    with torch.no_grad():
        columns = list(rewards.unbind(dim=1))
        for t in range(len(columns) - 2, -1, -1):
            columns[t] = columns[t] + gamma * columns[t + 1]
        return torch.stack(columns, dim=1)


def rloo_advantages(rewards):
    size = rewards.size(1)
    if size <= 1:
        raise ValueError("RLOO needs G > 1")
    rewards = rewards.detach()
    centred = rewards - rewards.mean(dim=1, keepdim=True)
    return centred * (size / (size - 1))


def reinforce_loss(log_probs, returns, baseline, mask):
    with torch.no_grad():
        advantage = torch.where(mask, returns - baseline, 0.0)
    log_probs = torch.where(mask, log_probs, 0.0)
    return -torch.einsum("nt,nt->n", advantage, log_probs).mean()
