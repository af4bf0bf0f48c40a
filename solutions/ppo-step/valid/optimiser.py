import torch
import torch.nn.functional as F
from torch import nn


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
    keep = mask[:, 1:]
    s, a = ids[:, :-1][keep], ids[:, 1:][keep]  # all actions in one row
    lengths = keep.sum(1).tolist()
    actor = nn.Parameter(policy.detach().clone())
    value = nn.Parameter(critic.detach().clone())
    optimiser = torch.optim.SGD([actor, value], lr=learning_rate)

    with torch.no_grad():
        old = -F.cross_entropy(policy[s], a, reduction="none")
        ref = -F.cross_entropy(reference[s], a, reduction="none")
        v = critic[s]
        advantages = []
        for score, lp, lr, vs in zip(
            scores,
            old.split(lengths),
            ref.split(lengths),
            v.split(lengths),
            strict=True,
        ):
            r = -beta * (lp - lr)
            r[-1] += score
            delta = r - vs
            delta[:-1] += gamma * vs[1:]
            n = len(r)
            powers = torch.tensor([(gamma * lam) ** k for k in range(n)])
            advantages += [
                (delta[t:] * powers[: n - t]).sum() for t in range(n)
            ]
        advantages = torch.stack(advantages)
        returns = advantages + v
        std, mean = torch.std_mean(advantages, correction=0)
        advantages = (advantages - mean) / (std + 1e-8)

    losses = torch.empty(epochs)
    for epoch in range(epochs):
        ratio = (-F.cross_entropy(actor[s], a, reduction="none") - old).exp()
        bounded = ratio.clip(1 - epsilon, 1 + epsilon)
        policy_loss = torch.max(-ratio * advantages, -bounded * advantages)
        value_loss = 0.5 * F.mse_loss(value[s], returns)
        loss = policy_loss.mean() + value_coefficient * value_loss
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses[epoch] = loss.item()
    return actor.data, value.data, losses
