"""Ring all-reduce (Patarasuk and Yuan 2009).

A reduce-scatter, then an all-gather.
"""

import torch
import torch.distributed as dist
from torch import Tensor


def ring_all_reduce(x: Tensor) -> Tensor:
    """The sum of all ranks' x, a new tensor of its shape and dtype."""
    rank, world = dist.get_rank(), dist.get_world_size()
    length = -(-x.numel() // world)  # of a chunk, rounded up
    flat = x.new_zeros(world * length)
    flat[: x.numel()] = x.flatten()
    chunks = flat.view(world, length)

    for step in range(world - 1):  # reduce-scatter
        arrived = exchange(chunks[(rank - step) % world])
        chunks[(rank - step - 1) % world] += arrived

    for step in range(world - 1):  # all-gather, from the chunk now complete
        arrived = exchange(chunks[(rank + 1 - step) % world])
        chunks[(rank - step) % world] = arrived

    return flat[: x.numel()].view(x.shape)


def exchange(chunk: Tensor) -> Tensor:
    """Send a chunk to the next rank and receive the previous one's."""
    rank, world = dist.get_rank(), dist.get_world_size()
    arrived = torch.empty_like(chunk)
    sending = dist.isend(chunk, (rank + 1) % world)
    receiving = dist.irecv(arrived, (rank - 1) % world)
    sending.wait()
    receiving.wait()
    return arrived
