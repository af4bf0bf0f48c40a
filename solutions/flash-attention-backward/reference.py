"""FlashAttention backward (Dao et al. 2022, §3.1 and Appendix B.2).

Nothing of size T_q x T_k was kept: tiles of the weights are computed again.
"""

import math

import torch
from torch import Tensor


def flash_attention_backward(
    q: Tensor,
    k: Tensor,
    v: Tensor,
    o: Tensor,
    logsumexp: Tensor,
    d_o: Tensor,
    block_q: int,
    block_k: int,
    causal: bool = False,
) -> tuple[Tensor, Tensor, Tensor]:
    """Gradients of o = softmax(q k^T / sqrt(d_k)) v, tile by tile.

    q (B, H, T_q, d_k), k (B, H, T_k, d_k), v (B, H, T_k, d_v),
    o and d_o (B, H, T_q, d_v), logsumexp (B, H, T_q)
    -> d_q, d_k, d_v. `causal`: query i saw keys 0 ... i + T_k - T_q.
    """
    T_q, T_k = q.size(-2), k.size(-2)
    scale = 1 / math.sqrt(q.size(-1))
    d_q, d_k, d_v = (torch.zeros_like(x) for x in (q, k, v))
    # the row sum of P * dP is a sum over all keys, and yet known: dO * O
    row_sum = (d_o * o).sum(dim=-1, keepdim=True)  # (B, H, T_q, 1)
    for j in range(0, T_k, block_k):
        columns = slice(j, min(j + block_k, T_k))
        k_j, v_j = k[..., columns, :], v[..., columns, :]
        for i in range(0, T_q, block_q):
            rows = slice(i, min(i + block_q, T_q))
            if causal and rows.stop - 1 + T_k - T_q < j:
                continue  # not even the last query sees the first key
            q_i, d_o_i = q[..., rows, :], d_o[..., rows, :]
            s = scale * q_i @ k_j.mT  # (B, H, block_q, block_k)
            p = (s - logsumexp[..., rows].unsqueeze(-1)).exp()
            if causal:
                p = p.masked_fill(behind(rows, columns, T_k - T_q), 0.0)

            d_v[..., columns, :] += p.mT @ d_o_i
            d_p = d_o_i @ v_j.mT
            d_s = scale * p * (d_p - row_sum[..., rows, :])
            d_q[..., rows, :] += d_s @ k_j
            d_k[..., columns, :] += d_s.mT @ q_i
    return d_q, d_k, d_v


def behind(rows: slice, columns: slice, past: int) -> Tensor:
    """Which keys of a tile come after the query: (queries, keys), boolean."""
    query = torch.arange(rows.start, rows.stop) + past
    key = torch.arange(columns.start, columns.stop)
    return key > query.unsqueeze(-1)
