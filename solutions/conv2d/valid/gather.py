import torch


def axis(n, k, stride, padding, dilation):
    """Which pixel kernel element u sees at position i, and if it exists."""
    steps = (n + 2 * padding - dilation * (k - 1) - 1) // stride + 1
    at = torch.arange(steps)[:, None] * stride + torch.arange(k) * dilation
    at = at - padding
    return at.clamp(0, n - 1), (at >= 0) & (at < n)


def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    def at(value, i):
        return value[i] if isinstance(value, (tuple, list)) else value

    (rows, in_h), (cols, in_w) = (
        axis(
            x.shape[2 + i],
            weight.shape[2 + i],
            at(stride, i),
            at(padding, i),
            at(dilation, i),
        )
        for i in (0, 1)
    )
    patches = x[:, :, rows[:, None, :, None], cols[None, :, None, :]]
    inside = in_h[:, None, :, None] & in_w[None, :, None, :]
    patches = patches * inside.to(x.dtype)  # (B, C, H′, W′, k_H, k_W)
    y = torch.einsum("bchwuv,ocuv->bohw", patches, weight)
    if bias is not None:
        y = y + bias.view(1, -1, 1, 1)
    return y
