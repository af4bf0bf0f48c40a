"""`ppo_step` against the same step in plain Python: lists of floats, gradients in closed form."""

from __future__ import annotations

import math

import pytest
import torch

ROWS = ["..####.", ".##....", "....###"]
VOCABULARY = 5


def log_softmax(row: list[float]) -> list[float]:
    total = math.log(sum(math.exp(x) for x in row))
    return [x - total for x in row]


def actions_of(ids, mask):
    """Per answer, its (state, action) pairs."""
    return [
        [(row[t - 1], row[t]) for t in range(1, len(row)) if keep[t]]
        for row, keep in zip(ids, mask, strict=True)
    ]


def advantages_of(policy, critic, reference, answer, score, settings):
    rewards = [
        -settings["beta"] * (log_softmax(policy[s])[a] - log_softmax(reference[s])[a]) for s, a in answer
    ]
    rewards[-1] += score
    values = [critic[s] for s, _ in answer] + [0.0]
    gamma, found = settings["gamma"], []
    deltas = [r + gamma * values[i + 1] - values[i] for i, r in enumerate(rewards)]
    for t in range(len(deltas)):
        found.append(sum((gamma * settings["lam"]) ** k * d for k, d in enumerate(deltas[t:])))
    return found


def plain_step(policy, critic, reference, ids, mask, scores, epochs, rate, settings):
    answers = actions_of(ids, mask)
    advantages = [
        value
        for answer, score in zip(answers, scores, strict=True)
        for value in advantages_of(policy, critic, reference, answer, score, settings)
    ]
    actions = [action for answer in answers for action in answer]
    n = len(actions)
    old = [log_softmax(policy[s])[a] for s, a in actions]
    targets = [value + critic[s] for value, (s, _) in zip(advantages, actions, strict=True)]
    mean = sum(advantages) / n
    std = math.sqrt(sum((value - mean) ** 2 for value in advantages) / n)
    advantages = [(value - mean) / (std + 1e-8) for value in advantages]
    losses = []
    for _ in range(epochs):
        loss, low, high = 0.0, 1 - settings["epsilon"], 1 + settings["epsilon"]
        moves = [[0.0] * VOCABULARY for _ in policy]
        pulls = [0.0] * VOCABULARY
        for i, (s, a) in enumerate(actions):
            ratio, weight = math.exp(log_softmax(policy[s])[a] - old[i]), advantages[i]
            error = critic[s] - targets[i]
            loss += settings["value_coefficient"] * error**2 / 2
            loss -= min(ratio * weight, min(max(ratio, low), high) * weight)
            pulls[s] += settings["value_coefficient"] * error / n
            if (ratio < high) if weight > 0 else (ratio > low):
                for token, value in enumerate(log_softmax(policy[s])):
                    moves[s][token] += -ratio * weight * ((token == a) - math.exp(value)) / n
        losses.append(loss / n)
        policy = [
            [x - rate * g for x, g in zip(row, move, strict=True)]
            for row, move in zip(policy, moves, strict=True)
        ]
        critic = [x - rate * g for x, g in zip(critic, pulls, strict=True)]
    return policy, critic, losses


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("rate", [0.1, 2.0])
def test_equals_the_step_in_plain_python(reference, seed, rate):
    generator = torch.Generator().manual_seed(seed)
    policy, frozen = torch.randn(2, VOCABULARY, VOCABULARY, generator=generator, dtype=torch.float64)
    critic, scores = torch.randn(2, VOCABULARY, generator=generator, dtype=torch.float64)
    scores = scores[: len(ROWS)] * 2
    mask = torch.tensor([[mark == "#" for mark in row] for row in ROWS])
    ids = torch.randint(0, VOCABULARY, mask.shape, generator=generator)
    settings = {"beta": 0.3, "gamma": 0.9, "lam": 0.8, "epsilon": 0.15, "value_coefficient": 0.7}
    ours = reference("ppo-step").ppo_step(policy, critic, frozen, ids, mask, scores, 4, rate, **settings)
    tables = [value.tolist() for value in (policy, critic, frozen, ids, mask, scores)]
    for mine, theirs in zip(ours, plain_step(*tables, 4, rate, settings), strict=True):
        torch.testing.assert_close(mine, torch.tensor(theirs, dtype=torch.float64))
