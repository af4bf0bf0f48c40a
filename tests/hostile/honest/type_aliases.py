import math
from collections.abc import Callable
from typing import Annotated, Optional, Protocol, TypeAlias, TypeVar, Union, overload

import torch
from torch import Tensor

Mask: TypeAlias = Optional["torch.BoolTensor"]
Scores = Annotated[Tensor, "(..., T_q, T_k)"]
Number = Union[int, float]
T = TypeVar("T", bound=Tensor)
Fill = Callable[[Scores, Number], Scores]


class Attends(Protocol):
    def __call__(self, q: Tensor, k: Tensor, v: Tensor, mask: Mask = None) -> Tensor: ...


@overload
def attention(q: T, k: T, v: T) -> T: ...
@overload
def attention(q: T, k: T, v: T, mask: Mask) -> T: ...
def attention(q, k, v, mask=None):
    scores: Scores = q @ k.transpose(-2, -1) / math.sqrt(q.size(-1))
    fill: Fill = lambda s, x: s if mask is None else s.masked_fill(~mask, x)
    return fill(fill(scores, torch.finfo(scores.dtype).min).softmax(-1), 0.0) @ v


checked: Attends = attention
