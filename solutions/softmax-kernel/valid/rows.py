"""A fixed number of programs, each taking every so manieth row; exp2 of scaled scores."""

import math

import torch
import triton
import triton.language as tl

PROGRAMS = 3


@triton.jit
def kernel(
    x,
    y,
    rows,
    columns,
    xr,
    xc,
    yr,
    yc,
    scale: tl.constexpr,
    BLOCK: tl.constexpr,
):
    j = tl.arange(0, BLOCK)
    for row in range(tl.program_id(0), rows, tl.num_programs(0)):
        s = tl.load(
            x + row * xr + j * xc, mask=j < columns, other=float("-inf")
        ).to(tl.float32)
        e = tl.exp2((s - tl.max(s, axis=0)) * scale)
        tl.store(y + row * yr + j * yc, e / tl.sum(e, axis=0), mask=j < columns)


def softmax(x):
    y = torch.empty_like(x)
    block = 1 << max(0, (x.size(1) - 1).bit_length())
    kernel[(PROGRAMS,)](
        x,
        y,
        x.size(0),
        x.size(1),
        *x.stride(),
        *y.stride(),
        scale=math.log2(math.e),
        BLOCK=block,
    )
    return y
