"""Attention over a sequence that is spread over ranks (Liu et al. 2023, §3).

Queries stay where they are; keys and values go round the ring.
"""

import math

import torch
import torch.distributed as dist
from torch import Tensor


def ring_attention(
    q: Tensor, k: Tensor, v: Tensor, causal: bool = False
) -> Tensor:
    """Attention of this rank's queries over the keys of all ranks.

    q and k (B, H, T, d_k), v (B, H, T, d_v) -> (B, H, T, d_v).
    Rank r holds positions r T ... r T + T - 1.
    """
    rank, world = dist.get_rank(), dist.get_world_size()
    q = q / math.sqrt(q.size(-1))
    k, v = k.contiguous(), v.contiguous()  # what is sent must be
    m = q.new_full((*q.shape[:-1], 1), -math.inf)  # largest score so far
    l = torch.zeros_like(m)  # sum of exp(score - m)
    o = q.new_zeros((*q.shape[:-1], v.size(-1)))  # the same sum, times values
    for step in range(world):
        last = step == world - 1
        if not last:  # travels while this rank computes
            (next_k, next_v), transfers = pass_on(k, v)

        owner = (rank - step) % world  # whose keys these are
        if not causal or owner <= rank:
            s = q @ k.mT  # (B, H, T, T)
            if causal and owner == rank:
                behind = torch.ones(s.shape[-2:], dtype=torch.bool).triu(1)
                s = s.masked_fill(behind, -math.inf)
            m_new = torch.maximum(m, s.amax(dim=-1, keepdim=True))
            p = (s - m_new).exp()
            shrink = (m - m_new).exp()  # 0 for the first block: m is -inf
            l = shrink * l + p.sum(dim=-1, keepdim=True)
            o = shrink * o + p @ v
            m = m_new

        if not last:
            for transfer in transfers:
                transfer.wait()
            k, v = next_k, next_v
    return o / l


def pass_on(k: Tensor, v: Tensor) -> tuple[tuple[Tensor, Tensor], list]:
    """Begin to send k and v to the next rank and to receive the previous one's.

    Returns where they will arrive, and what to wait for.
    """
    rank, world = dist.get_rank(), dist.get_world_size()
    arriving = torch.empty_like(k), torch.empty_like(v)
    operations = []
    for outgoing, incoming in zip((k, v), arriving, strict=True):
        operations += [
            dist.P2POp(dist.isend, outgoing, (rank + 1) % world),
            dist.P2POp(dist.irecv, incoming, (rank - 1) % world),
        ]
    return arriving, dist.batch_isend_irecv(operations)
