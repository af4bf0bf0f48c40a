import torch


def ppo_step(
    policy,
    critic,
    reference,
    ids,
    mask,
    scores,
    epochs=2,
    learning_rate=0.1,
    beta=0.1,
    gamma=1.0,
    lam=0.95,
    epsilon=0.2,
    value_coefficient=0.5,
):
    """Gradients in closed form, and returns by definition instead of by GAE."""
    policy, critic = policy.detach().clone(), critic.detach().clone()
    reference = reference.detach()
    where = mask[:, 1:].nonzero()
    rows, steps = where[:, 0], where[:, 1]
    state, action = ids[rows, steps], ids[rows, steps + 1]
    n = len(rows)
    index = torch.arange(n)

    def log_pi(table):
        return (table[state] - table[state].logsumexp(1, keepdim=True))[
            index, action
        ]

    old, values = log_pi(policy), critic[state]
    rewards = beta * (log_pi(reference) - old)
    ends = torch.ones(n, dtype=torch.bool)
    ends[:-1] = rows[1:] != rows[:-1]
    rewards[ends] += scores.detach()
    advantages = torch.zeros(n)
    following, value_after = 0.0, 0.0
    for i in range(n - 1, -1, -1):
        if ends[i]:
            following, value_after = 0.0, 0.0
        following = (
            rewards[i]
            + gamma * value_after
            - values[i]
            + gamma * lam * following
        )
        advantages[i], value_after = following, values[i]
    targets = advantages + values
    advantages = advantages - advantages.mean()
    advantages = advantages / (advantages.square().mean().sqrt() + 1e-8)

    losses = []
    for _ in range(epochs):
        ratio = (log_pi(policy) - old).exp()
        up = advantages > 0
        blocked = torch.where(up, ratio > 1 + epsilon, ratio < 1 - epsilon)
        limit = torch.where(up, 1 + epsilon, 1 - epsilon)
        gain = torch.where(blocked, limit, ratio) * advantages
        error = critic[state] - targets
        losses.append(
            -gain.mean() + value_coefficient * error.square().mean() / 2
        )
        weight = torch.where(blocked, 0.0, -ratio * advantages) / n
        slope = -policy[state].softmax(1) * weight[:, None]
        slope[index, action] += weight
        gradient = torch.zeros_like(policy).index_add_(0, state, slope)
        policy = policy - learning_rate * gradient
        pull = value_coefficient * error / n
        pull = torch.zeros_like(critic).index_add_(0, state, pull)
        critic = critic - learning_rate * pull
    return policy, critic, torch.tensor([float(loss) for loss in losses])
