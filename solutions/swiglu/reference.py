"""SwiGLU (Shazeer 2020, §2) as LLaMA builds it (Touvron et al. 2023, §2.2)."""

from torch import Tensor, nn
from torch.nn import functional


def hidden_width(
    d_model: int, multiple_of: int = 256, multiplier: float = 1.0
) -> int:
    """The width d_ff of LLaMA's feed-forward layer.

    Three matrices of width 8/3·d_model hold as many parameters as the two of
    width 4·d_model; `multiplier` widens them on purpose (1.3 in Llama 3).
    """
    width = int(multiplier * (8 * d_model // 3))
    return (width + multiple_of - 1) // multiple_of * multiple_of


class SwiGLU(nn.Module):
    """(SiLU(x·W_gate) ⊗ x·W_up)·W_down, without biases.

    One projection decides how much of the other passes.
    """

    def __init__(self, d_model: int, d_ff: int):
        super().__init__()
        self.gate_proj = nn.Linear(d_model, d_ff, bias=False)
        self.up_proj = nn.Linear(d_model, d_ff, bias=False)
        self.down_proj = nn.Linear(d_ff, d_model, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        """Shapes: x (..., d_model) -> (..., d_model)."""
        gate = functional.silu(self.gate_proj(x))  # (..., d_ff)
        return self.down_proj(gate * self.up_proj(x))
