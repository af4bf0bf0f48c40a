import torch
import torch.nn.functional as F


def last_token_reward(scores, attention_mask):
    later = attention_mask.long().flip(-1).cumsum(-1).flip(-1)
    last = attention_mask & (later == 1)
    return (scores * last).sum(-1)


def reward_loss(chosen, rejected, margin=None):
    if margin is not None:
        rejected = rejected + margin
    logits = torch.stack([chosen, rejected], -1)
    return F.cross_entropy(logits, torch.zeros(len(chosen), dtype=torch.long))
