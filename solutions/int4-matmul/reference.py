"""Group-wise INT4 weights, two to a byte (Frantar et al. 2022, §5)."""

import torch
from torch import Tensor

LARGEST = 7  # of the 16 codes −8 stays unused, as the grid is symmetric


def quantise_int4(w: Tensor, group: int = 128) -> tuple[Tensor, Tensor]:
    """w (d_out, d_in) -> packed (d_out, d_in / 2), scale (d_out, groups)."""
    d_out, d_in = w.shape
    if group % 2 or d_in % group:
        raise ValueError(f"d_in {d_in} is no multiple of an even group {group}")
    groups = w.float().view(d_out, d_in // group, group)
    largest = groups.abs().amax(dim=-1, keepdim=True)
    scale = torch.where(largest > 0, largest / LARGEST, 1.0)
    q = torch.round(groups / scale).to(torch.int8).view(d_out, d_in)
    return pack(q), scale.squeeze(-1)


def matmul_int4(x: Tensor, packed: Tensor, scale: Tensor) -> Tensor:
    """x (..., d_in) -> (..., d_out), in the dtype of x."""
    d_out, groups = scale.shape
    q = unpack(packed).view(d_out, groups, -1)
    w = (q * scale[:, :, None]).view(d_out, -1)  # (d_out, d_in), float32
    return (x.float() @ w.T).to(x.dtype)


def pack(q: Tensor) -> Tensor:
    """q (d_out, d_in) -> bytes: even columns low, odd columns high."""
    low, high = q[:, 0::2] & 0xF, q[:, 1::2] & 0xF  # two's complement
    return (low | high << 4).to(torch.uint8)


def unpack(packed: Tensor) -> Tensor:
    """Bytes (d_out, d_in / 2) -> q (d_out, d_in), int8 from −8 to 7."""
    nibbles = torch.stack((packed & 0xF, packed >> 4), dim=-1)
    q = nibbles.flatten(1).to(torch.int8)
    return torch.where(q > 7, q - 16, q)  # 15 is −1
