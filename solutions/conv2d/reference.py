"""2-D convolution, a sum over the elements of the kernel (Dumoulin 2016)."""

import torch
from torch import Tensor
from torch.nn.functional import pad


def conv2d(
    x: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    stride: int | tuple[int, int] = 1,
    padding: int | tuple[int, int] = 0,
    dilation: int | tuple[int, int] = 1,
) -> Tensor:
    """Cross-correlation of images with kernels.

    Shapes: x (B, C_in, H, W), weight (C_out, C_in, k_H, k_W), bias (C_out,)
    -> (B, C_out, H′, W′). stride, padding and dilation are a number or
    (vertical, horizontal).
    """
    (s_h, s_w), (d_h, d_w) = _pair(stride), _pair(dilation)
    p_h, p_w = _pair(padding)
    x = pad(x, (p_w, p_w, p_h, p_h))  # the last axis comes first
    k_h, k_w = weight.shape[-2:]
    h_out = (x.size(2) - d_h * (k_h - 1) - 1) // s_h + 1
    w_out = (x.size(3) - d_w * (k_w - 1) - 1) // s_w + 1
    y = x.new_zeros(x.size(0), weight.size(0), h_out, w_out)
    for u in range(k_h):
        rows = slice(u * d_h, u * d_h + s_h * (h_out - 1) + 1, s_h)
        for v in range(k_w):
            columns = slice(v * d_w, v * d_w + s_w * (w_out - 1) + 1, s_w)
            seen = x[:, :, rows, columns]  # by this element: (B, C_in, H′, W′)
            y = y + torch.einsum("oc,bchw->bohw", weight[:, :, u, v], seen)
    return y if bias is None else y + bias[:, None, None]


def _pair(value: int | tuple[int, int]) -> tuple[int, int]:
    return (value, value) if isinstance(value, int) else value
