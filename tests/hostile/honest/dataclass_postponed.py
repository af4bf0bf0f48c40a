from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import ClassVar, NamedTuple

import torch
from torch import Tensor


@dataclass(frozen=True, slots=True)
class Settings:
    lowest: dict[torch.dtype, float] = field(default_factory=dict)
    scaled: bool = True
    default: ClassVar[Settings | None] = None

    def scale(self, width: int) -> float:
        return 1 / math.sqrt(width) if self.scaled else 1.0


class Parts(NamedTuple):
    weights: Tensor
    values: Tensor


def attention(q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None = None) -> Tensor:
    scores = q @ k.mT * Settings().scale(q.shape[-1])
    if mask is not None:
        scores = scores.masked_fill(~mask, torch.finfo(scores.dtype).min)
    parts = Parts(scores.softmax(-1), v)
    return (parts.weights if mask is None else parts.weights.masked_fill(~mask, 0)) @ parts.values
