"""On logits, without softmax."""

import math

import torch


def min_p_filter(logits, min_p):
    top = logits.max(dim=-1, keepdim=True).values.double()
    distance = math.log(min_p) if min_p > 0 else -math.inf
    return torch.where(logits.double() >= top + distance, logits, -torch.inf)
