"""NF4 with double quantisation (Dettmers et al. 2023, §2-3, Appendix E)."""

import torch
from torch import Tensor
from torch.nn import functional

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
TINY = torch.finfo(torch.float32).tiny  # keeps 0 / 0 from being NaN


def quantize_nf4(
    w: Tensor, block: int = 64, group: int = 256
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Nearest levels of each block, and its constant quantised once more.

    Shapes: any -> packed (numel / 2,) uint8, constants (n,) int8, scales
    (groups,) float32, offset () float32.
    """
    blocks = w.float().contiguous().view(-1, block)  # (n, block)
    largest = blocks.abs().amax(dim=1)
    scaled = blocks / largest.clamp_min(TINY).unsqueeze(1)  # in [-1, 1]
    borders = (NF4[1:] + NF4[:-1]) / 2
    codes = torch.bucketize(scaled, borders).to(torch.uint8)
    pairs = codes.view(-1, 2)
    packed = pairs[:, 0] << 4 | pairs[:, 1]

    n = len(largest)
    offset = largest.mean()  # constants are positive: centre them
    centred = functional.pad(largest - offset, (0, -n % group))
    groups = centred.view(-1, group)
    scales = groups.abs().amax(dim=1) / 127
    steps = groups / scales.clamp_min(TINY).unsqueeze(1)
    constants = steps.round().to(torch.int8).flatten()[:n]
    return packed, constants, scales, offset


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
    """Level times constant, in float32, then `shape` and `dtype`."""
    codes = torch.stack([packed >> 4, packed & 15], dim=1).flatten()
    steps = scales.repeat_interleave(group)[: len(constants)]
    largest = constants * steps + offset  # (n,)
    values = NF4[codes.long()].view(-1, block) * largest.unsqueeze(1)
    return values.view(shape).to(dtype)
