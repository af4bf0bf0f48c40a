import math
from abc import ABC, abstractmethod
from enum import Enum, auto

import torch
from torch import Tensor, nn


class Kind(Enum):
    MASKED = auto()
    PLAIN = auto()


class Weights(ABC):
    @abstractmethod
    def of(self, scores: Tensor) -> Tensor: ...


class Plain(Weights):
    def of(self, scores):
        return scores.softmax(-1)


class Masked(Plain):
    def __init__(self, mask):
        self.mask = mask

    def of(self, scores):
        scores = scores.masked_fill(self.mask.logical_not(), torch.finfo(scores.dtype).min)
        return super().of(scores).masked_fill(self.mask.logical_not(), 0.0)


class Attention(nn.Module):
    def forward(self, q, k, v, mask=None):
        kind = Kind.PLAIN if mask is None else Kind.MASKED
        weights = {Kind.PLAIN: lambda: Plain(), Kind.MASKED: lambda: Masked(mask)}[kind]()
        return weights.of(q @ k.transpose(-1, -2) / math.sqrt(q.size(-1))) @ v


def attention(q, k, v, mask=None):
    return Attention()(q, k, v, mask)
