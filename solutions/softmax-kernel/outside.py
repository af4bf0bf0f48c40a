"""Only exp is in the kernel."""

import torch
import triton
import triton.language as tl


@triton.jit
def exp_kernel(x_pointer, y_pointer, count, BLOCK: tl.constexpr):
    place = tl.program_id(axis=0) * BLOCK + tl.arange(0, BLOCK)
    x = tl.load(x_pointer + place, mask=place < count, other=0.0).to(tl.float32)
    tl.store(y_pointer + place, tl.exp(x), mask=place < count)


def softmax(x):
    shifted = (x.float() - x.float().amax(dim=-1, keepdim=True)).contiguous()
    y = torch.empty_like(shifted)
    count = shifted.numel()
    exp_kernel[(triton.cdiv(count, 64),)](shifted, y, count, BLOCK=64)
    return (y / y.sum(dim=-1, keepdim=True)).to(x.dtype)
