"""PagedAttention for one decoding step (Kwon et al. 2023, §4.1)."""

import math

import torch
from torch import Tensor


def paged_attention(
    q: Tensor,
    k_pool: Tensor,
    v_pool: Tensor,
    block_table: Tensor,
    lengths: Tensor,
) -> Tensor:
    """q (B, H, d), pools (blocks, block_size, H_kv, d), block_table (B, m),
    lengths (B,) -> (B, H, d)."""
    block_size = k_pool.size(1)
    outputs = []
    for query, table, length in zip(
        q, block_table, lengths.tolist(), strict=True
    ):
        blocks = table[: math.ceil(length / block_size)]  # (n,)
        k = k_pool[blocks].flatten(0, 1)[:length]  # (T, H_kv, d)
        v = v_pool[blocks].flatten(0, 1)[:length]  # (T, H_kv, d)
        outputs.append(attend(query, k, v))
    return torch.stack(outputs)


def attend(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    """One query of every head; q (H, d), k and v (T, H_kv, d) -> (H, d)."""
    heads, d = q.shape
    q = q.view(k.size(1), -1, d)  # (H_kv, H / H_kv, d): heads of one group
    scores = torch.einsum("kgd,tkd->kgt", q, k) / math.sqrt(d)
    weights = scores.softmax(dim=-1)
    return torch.einsum("kgt,tkd->kgd", weights, v).reshape(heads, d)
