import torch


def gae(rewards, values, last_value, dones, gamma=0.99, lam=0.95):
    rows = []
    for b in range(rewards.shape[0]):
        running, next_value, row = 0.0, last_value[b].item(), []
        for r, v, done in zip(
            rewards[b].tolist()[::-1],
            values[b].tolist()[::-1],
            dones[b].tolist()[::-1],
        ):
            if done:
                running = r - v
            else:
                running = r + gamma * next_value - v + gamma * lam * running
            next_value = v
            row.insert(0, running)
        rows.append(row)
    advantages = torch.tensor(rows, dtype=rewards.dtype)
    return advantages, advantages + values.detach()
