"""Multiplies the codes group by group and scales the partial sums; a table unpacks."""

import torch
from torch import Tensor

SIGNED = torch.tensor(
    [0, 1, 2, 3, 4, 5, 6, 7, -8, -7, -6, -5, -4, -3, -2, -1],
    dtype=torch.float32,
)


def quantise_int4(w: Tensor, group: int = 128) -> tuple[Tensor, Tensor]:
    if w.shape[1] % group != 0 or group % 2 != 0:
        raise ValueError("group must be even and divide the columns")
    scales, columns = [], []
    for part in w.to(torch.float32).split(group, dim=1):
        scale = part.abs().max(dim=1, keepdim=True).values / 7
        scale[scale == 0] = 1
        scales.append(scale)
        columns.append(torch.round(part / scale))
    codes = torch.cat(columns, dim=1).long() % 16
    return (codes[:, ::2] + 16 * codes[:, 1::2]).byte(), torch.cat(
        scales, dim=1
    )


def matmul_int4(x: Tensor, packed: Tensor, scale: Tensor) -> Tensor:
    d_out, groups = scale.shape
    pairs = torch.stack(
        [packed % 16, torch.div(packed, 16, rounding_mode="floor")], dim=2
    )
    codes = SIGNED[pairs.long()].reshape(d_out, groups, -1)
    parts = x.float().reshape(*x.shape[:-1], groups, -1)
    sums = torch.einsum("...gi,ogi->...og", parts, codes)
    return (sums * scale).sum(-1).type_as(x)
