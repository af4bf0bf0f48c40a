"""Walks over the table block by block with a running maximum and sum, as a kernel does."""

import math

import torch


def paged_attention(q, k_pool, v_pool, block_table, lengths):
    size, kv_heads = k_pool.shape[1], k_pool.shape[2]
    rows = []
    for b, length in enumerate(lengths):
        query = q[b].reshape(kv_heads, -1, q.size(-1)).float()
        m = torch.full(query.shape[:2], -torch.inf)
        l = torch.zeros(query.shape[:2])
        o = torch.zeros_like(query)
        left = int(length)
        for block in block_table[b]:
            if left <= 0:
                break
            k = k_pool[block, :left].float()  # (≤ size, H_kv, d)
            v = v_pool[block, :left].float()
            left -= size
            s = (query @ k.permute(1, 2, 0)) / math.sqrt(q.size(-1))
            new = torch.maximum(m, s.amax(-1))
            p = torch.exp(s - new[..., None])
            a = torch.exp(m - new)
            l = l * a + p.sum(-1)
            o = o * a[..., None] + p @ v.transpose(0, 1)
            m = new
        rows.append((o / l[..., None]).reshape(q.shape[1:]).to(q.dtype))
    return torch.stack(rows)
