"""FlashAttention forward (Dao et al. 2022, §3.1; loop order of Dao 2023, §3.1).

What a GPU does with tiles in on-chip memory, in PyTorch.
"""

import math

import torch
from torch import Tensor


def flash_attention(
    q: Tensor,
    k: Tensor,
    v: Tensor,
    block_q: int,
    block_k: int,
    causal: bool = False,
) -> tuple[Tensor, Tensor]:
    """Exact attention, tile by tile.

    q (B, H, T_q, d_k), k (B, H, T_k, d_k), v (B, H, T_k, d_v)
    -> o (B, H, T_q, d_v), logsumexp of the scaled scores (B, H, T_q).
    `causal`: query i sees keys 0 ... i + T_k - T_q. One that sees none
    gives zeros and -inf.
    """
    T_q, T_k = q.size(-2), k.size(-2)
    precise = torch.promote_types(q.dtype, torch.float32)
    o = q.new_empty(*q.shape[:-1], v.size(-1))
    logsumexp = q.new_empty(q.shape[:-1], dtype=precise)
    for i in range(0, T_q, block_q):
        rows = slice(i, min(i + block_q, T_q))
        # the last key that each query of the block sees
        reach = torch.arange(rows.start, rows.stop) + T_k - T_q
        if not causal:
            reach = reach.fill_(T_k - 1)
        q_block = q[..., rows, :].to(precise) / math.sqrt(q.size(-1))
        result = attend(q_block, k, v, block_k, reach)
        o[..., rows, :], logsumexp[..., rows] = result
    return o, logsumexp


def attend(
    q: Tensor, k: Tensor, v: Tensor, block_k: int, reach: Tensor
) -> tuple[Tensor, Tensor]:
    """One block of scaled queries against all keys, by online softmax.

    q (B, H, b, d_k); query r sees keys 0 ... reach[r]
    -> (B, H, b, d_v) and (B, H, b), in the dtype of q.
    """
    m = q.new_full((*q.shape[:-1], 1), -math.inf)  # largest score so far
    l = q.new_zeros((*q.shape[:-1], 1))  # sum of exp(score - m)
    o = q.new_zeros((*q.shape[:-1], v.size(-1)))  # the same sum, times values
    for j in range(0, int(reach[-1]) + 1, block_k):
        keys = k[..., j : j + block_k, :].to(q.dtype)
        values = v[..., j : j + block_k, :].to(q.dtype)
        s = q @ keys.mT  # (B, H, b, block_k)
        position = torch.arange(j, j + keys.size(-2))
        s = s.masked_fill(position > reach.unsqueeze(-1), -math.inf)

        m_new = torch.maximum(m, s.amax(dim=-1, keepdim=True))
        # not -inf where nothing has been seen: -inf - (-inf) is NaN
        base = m_new.masked_fill(m_new == -math.inf, 0.0)
        p = (s - base).exp()
        shrink = (m - base).exp()  # from the old maximum to the new one
        l = shrink * l + p.sum(dim=-1, keepdim=True)
        o = shrink * o + p @ values
        m = m_new
    # l is 0 where nothing was seen, at least 1 elsewhere
    return o / l.masked_fill(l == 0, 1.0), (m + l.log()).squeeze(-1)
