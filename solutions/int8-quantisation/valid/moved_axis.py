"""The axis is moved to the front and everything else flattened; the scale is taken from both extremes."""

import torch


def quantise(x, axis=None):
    values = x.to(torch.float32)
    if axis is None:
        rows = values.reshape(1, -1)
    else:
        rows = (
            values.movedim(axis, 0).flatten(1)
            if values.dim() > 1
            else values.reshape(-1, 1)
        )
    high = torch.maximum(rows.max(dim=1).values, -rows.min(dim=1).values)
    scale = high / 127
    scale[scale == 0] = 1.0
    q = (rows / scale[:, None]).round().clamp(-127, 127).type(torch.int8)
    if axis is None:
        return q.reshape(x.shape), scale[0]
    shape = [1] * x.dim()
    shape[axis] = -1
    order = values.movedim(axis, 0).shape
    return q.reshape(order).movedim(0, axis), scale.reshape(shape)


def dequantise(q, scale):
    return torch.mul(q.to(torch.float32), scale)
