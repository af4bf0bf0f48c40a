"""Feed-forward (Vaswani et al. 2017, §3.3) and SwiGLU (Shazeer 2020, §2)."""

import torch.nn.functional as F
from torch import Tensor, nn


class FeedForward(nn.Module):
    """max(0, x·W₁ + b₁)·W₂ + b₂, the same for every position."""

    def __init__(self, d_model: int, d_ff: int):
        super().__init__()
        self.W_1 = nn.Linear(d_model, d_ff)
        self.W_2 = nn.Linear(d_ff, d_model)

    def forward(self, x: Tensor) -> Tensor:
        """Shapes: x (..., d_model) -> (..., d_model)."""
        hidden = F.relu(self.W_1(x))  # (..., d_ff)
        return self.W_2(hidden)


class SwiGLU(nn.Module):
    """(SiLU(x·W_gate) ⊗ x·W_up)·W_down, without biases, as in LLaMA.

    One projection decides how much of the other passes. The hidden width is
    ⌊8/3·d_model⌋ rounded up to a multiple of `multiple_of`: three matrices of
    that width hold about as many parameters as the two of a feed-forward layer
    with d_ff = 4·d_model.
    """

    def __init__(self, d_model: int, multiple_of: int = 256):
        super().__init__()
        d_ff = 8 * d_model // 3
        d_ff = (d_ff + multiple_of - 1) // multiple_of * multiple_of
        self.W_gate = nn.Linear(d_model, d_ff, bias=False)
        self.W_up = nn.Linear(d_model, d_ff, bias=False)
        self.W_down = nn.Linear(d_ff, d_model, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        """Shapes: x (..., d_model) -> (..., d_model)."""
        hidden = F.silu(self.W_gate(x)) * self.W_up(x)  # (..., d_ff)
        return self.W_down(hidden)
