import torch
from torch.nn import functional


def last_token_reward(scores, attention_mask):
    after = scores.shape[1] - 1 - attention_mask.flip(1).int().argmax(dim=1)
    return scores[torch.arange(scores.shape[0]), after]


def reward_loss(chosen, rejected, margin=None):
    gap = rejected - chosen + (0.0 if margin is None else margin)
    return torch.mean(functional.softplus(gap))
