import torch


def kl_shaped_reward(scores, log_probs, reference_log_probs, mask, beta):
    zero = torch.zeros((), dtype=log_probs.dtype)
    kl = torch.where(mask, log_probs - reference_log_probs, zero).detach()
    rewards = kl * -beta
    T = mask.size(1)
    last = T - 1 - mask.flip(1).int().argmax(1)
    rows = torch.arange(mask.size(0))
    rewards[rows, last] += scores.detach() * mask.any(1)
    return rewards
