"""Data-parallel gradient averaging in buckets (Li et al. 2020, §3.2)."""

from collections.abc import Iterator

import torch
import torch.distributed as dist
from torch import nn


def average_gradients(
    parameters: list[nn.Parameter], bucket_bytes: int
) -> None:
    """Replace each .grad by its mean over all ranks."""
    for bucket in buckets(parameters, bucket_bytes):
        for parameter in bucket:
            if parameter.grad is None:  # unused here, perhaps not elsewhere
                parameter.grad = torch.zeros_like(parameter)
        flat = torch.cat([parameter.grad.flatten() for parameter in bucket])
        dist.all_reduce(flat)
        flat /= dist.get_world_size()
        pieces = flat.split([parameter.numel() for parameter in bucket])
        for parameter, mean in zip(bucket, pieces, strict=True):
            parameter.grad.copy_(mean.view_as(parameter))


def buckets(
    parameters: list[nn.Parameter], bucket_bytes: int
) -> Iterator[list[nn.Parameter]]:
    """Neighbouring parameters of at most bucket_bytes, the last first.

    Backward finishes them in about this order.
    """
    bucket, size = [], 0
    for parameter in reversed(parameters):
        if not parameter.requires_grad:
            continue
        if bucket and size + parameter.nbytes > bucket_bytes:
            yield bucket
            bucket, size = [], 0
        bucket.append(parameter)
        size += parameter.nbytes
    if bucket:
        yield bucket
