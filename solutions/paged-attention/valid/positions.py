"""Every position is looked up by itself; K and V are repeated for the heads of a group."""

import torch


def paged_attention(q, k_pool, v_pool, block_table, lengths):
    size, kv_heads, d = k_pool.shape[1:]
    repeats = q.size(1) // kv_heads
    result = torch.zeros_like(q)
    for b in range(q.size(0)):
        t = torch.arange(int(lengths[b]))
        k = k_pool[block_table[b, t // size], t % size].repeat_interleave(
            repeats, dim=1
        )  # (T, H, d)
        v = v_pool[block_table[b, t // size], t % size].repeat_interleave(
            repeats, dim=1
        )
        scores = (q[b] * k).sum(-1) * d**-0.5  # (T, H)
        weights = torch.softmax(scores, dim=0)
        result[b] = (weights.unsqueeze(-1) * v).sum(0)
    return result
