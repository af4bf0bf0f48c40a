"""A buffer for each bucket is filled and read back piece by piece; a bucket is sent as soon as it is full."""

import torch
import torch.distributed as dist


@torch.no_grad()
def average_gradients(parameters, bucket_bytes):
    waiting = []
    for parameter in [p for p in parameters if p.requires_grad][::-1]:
        if (
            waiting
            and 4 * sum(p.numel() for p in [*waiting, parameter]) > bucket_bytes
        ):
            _send(waiting)
            waiting = []
        waiting.append(parameter)
    if waiting:
        _send(waiting)


def _send(bucket):
    buffer = torch.zeros(sum(p.numel() for p in bucket))
    places = buffer.split([p.numel() for p in bucket])
    for p, place in zip(bucket, places, strict=True):
        if p.grad is not None:
            place.copy_(p.grad.reshape(-1))
    dist.all_reduce(buffer, op=dist.ReduceOp.SUM)
    for p, place in zip(bucket, places, strict=True):
        p.grad = (place / dist.get_world_size()).view(p.shape)
