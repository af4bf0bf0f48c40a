"""Lengths are padded to whole blocks; what is padded is hidden by the mask; in place on own buffers."""

import torch
from torch.nn import functional as F


def flash_attention(q, k, v, block_q, block_k, causal=False):
    (T_q, d_k), T_k = q.shape[-2:], k.shape[-2]
    kind = torch.promote_types(torch.float32, q.dtype)
    q_pad = F.pad(q, (0, 0, 0, -T_q % block_q))
    k_pad = F.pad(k, (0, 0, 0, -T_k % block_k))
    v_pad = F.pad(v, (0, 0, 0, -T_k % block_k))
    rows = torch.arange(q_pad.shape[-2])
    columns = torch.arange(k_pad.shape[-2])
    last = rows + (T_k - T_q) if causal else torch.full_like(rows, T_k - 1)
    last = last.clamp_(max=T_k - 1)
    out = torch.zeros(*q_pad.shape[:-1], v.shape[-1], dtype=kind)
    lse = torch.empty(q_pad.shape[:-1], dtype=kind)
    for i in range(0, len(rows), block_q):
        at = slice(i, i + block_q)
        acc = out[..., at, :]
        top = torch.full(acc.shape[:-1], -1e30, dtype=kind)
        total = torch.zeros_like(top)
        for j in range(0, len(columns), block_k):
            keys = slice(j, j + block_k)
            if j > last[at].max():
                continue
            s = q_pad[..., at, :].to(kind) @ k_pad[..., keys, :].to(kind).mT
            s.mul_(d_k**-0.5)
            s.masked_fill_(columns[keys] > last[at, None], -torch.inf)
            new = torch.maximum(top, s.amax(-1))
            s.sub_(new[..., None]).exp_()
            factor = (top - new).exp_()
            total.mul_(factor).add_(s.sum(-1))
            acc.mul_(factor[..., None]).add_(s @ v_pad[..., keys, :].to(kind))
            top = new
        acc.div_(total.clamp(min=torch.finfo(kind).tiny)[..., None])
        lse[..., at] = top + total.log()
    return out[..., :T_q, :].to(q.dtype), lse[..., :T_q]
