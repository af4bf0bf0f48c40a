import torch
from torch import Tensor

NF4 = torch.tensor(
    [
        -1.0,
        -0.6961928009986877,
        -0.5250730514526367,
        -0.39491748809814453,
        -0.28444138169288635,
        -0.18477343022823334,
        -0.09105003625154495,
        0.0,
        0.07958029955625534,
        0.16093020141124725,
        0.24611230194568634,
        0.33791524171829224,
        0.44070982933044434,
        0.5626170039176941,
        0.7229568362236023,
        1.0,
    ]
)


def quantize_nf4(w: Tensor, block: int = 64, group: int = 256) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """w of any shape -> packed codes uint8, constants int8, group scales float32, their offset float32."""
    raise NotImplementedError


def dequantize_nf4(
    packed: Tensor,
    constants: Tensor,
    scales: Tensor,
    offset: Tensor,
    shape: tuple[int, ...],
    block: int = 64,
    group: int = 256,
    dtype: torch.dtype = torch.float32,
) -> Tensor:
    """What quantize_nf4 gave -> the weight again, of `shape` and `dtype`."""
    raise NotImplementedError
