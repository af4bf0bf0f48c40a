"""One step of PPO for language models (Schulman et al. 2017, Alg. 1).

Rewards per token as in InstructGPT (Ouyang et al. 2022, §3.5). The models are
tables: the row of a token holds the logits of the next one.
"""

import torch
from torch import Tensor


def ppo_step(
    policy: Tensor,
    critic: Tensor,
    reference: Tensor,
    ids: Tensor,
    mask: Tensor,
    scores: Tensor,
    epochs: int = 2,
    learning_rate: float = 0.1,
    beta: float = 0.1,
    gamma: float = 1.0,
    lam: float = 0.95,
    epsilon: float = 0.2,
    value_coefficient: float = 0.5,
) -> tuple[Tensor, Tensor, Tensor]:
    """Score the sampled answers, then improve policy and critic on them.

    Shapes: policy, reference (V, V), critic (V,), ids, mask (B, T), mask True
    = token of the answer, scores (B,) -> new policy, new critic, losses
    (epochs,).
    """
    states, counted = ids[:, :-1], mask[:, 1:]  # (B, T − 1), per action

    with torch.no_grad():  # fixed before the first update
        old_log_probs = action_log_probs(policy, ids)
        log_ratio = old_log_probs - action_log_probs(reference, ids)
        values = critic[states]
        rewards = shaped_rewards(scores, log_ratio, counted, beta)
        advantages = gae(rewards, values, counted, gamma, lam)
        returns = advantages + values  # before the advantages are normalised
        advantages = normalised(advantages, counted)

    policy = policy.detach().clone().requires_grad_()
    critic = critic.detach().clone().requires_grad_()
    losses = []
    for _ in range(epochs):
        ratio = (action_log_probs(policy, ids) - old_log_probs).exp()
        clipped = ratio.clamp(1 - epsilon, 1 + epsilon)
        gain = torch.min(ratio * advantages, clipped * advantages)
        error = (critic[states] - returns).square() / 2
        loss = masked_mean(value_coefficient * error - gain, counted)
        gradients = torch.autograd.grad(loss, [policy, critic])
        with torch.no_grad():
            policy -= learning_rate * gradients[0]
            critic -= learning_rate * gradients[1]
        losses.append(loss.detach())
    return policy.detach(), critic.detach(), torch.stack(losses)


def action_log_probs(table: Tensor, ids: Tensor) -> Tensor:
    """log π of each token given the one before; (B, T) -> (B, T − 1)."""
    log_p = table[ids[:, :-1]].log_softmax(-1)  # (B, T − 1, V)
    return log_p.gather(-1, ids[:, 1:].unsqueeze(-1)).squeeze(-1)


def shaped_rewards(
    scores: Tensor, log_ratio: Tensor, counted: Tensor, beta: float
) -> Tensor:
    """−β·log-ratio at every action, plus the score at the last one."""
    following = torch.nn.functional.pad(counted[:, 1:], (0, 1))
    is_last = counted & ~following  # answers have no gaps
    return scores.unsqueeze(-1) * is_last - beta * log_ratio * counted


def gae(
    rewards: Tensor, values: Tensor, counted: Tensor, gamma: float, lam: float
) -> Tensor:
    """Advantages where it counts, all (B, T − 1); rewards are 0 elsewhere."""
    values = values * counted  # 0 after the answer: nothing follows
    advantage = next_value = torch.zeros_like(values[:, 0])
    advantages = torch.empty_like(values)
    for t in reversed(range(values.size(1))):
        delta = rewards[:, t] + gamma * next_value - values[:, t]
        advantage = delta + gamma * lam * advantage
        advantages[:, t], next_value = advantage, values[:, t]
    return advantages


def normalised(advantages: Tensor, counted: Tensor) -> Tensor:
    """Mean 0 and standard deviation 1 over the actions that count."""
    centred = advantages - masked_mean(advantages, counted)
    std = masked_mean(centred.square(), counted).sqrt()
    return centred / (std + 1e-8)


def masked_mean(x: Tensor, counted: Tensor) -> Tensor:
    """Mean over the actions that count."""
    return (x * counted).sum() / counted.sum()
