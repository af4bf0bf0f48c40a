"""Every tile is a softmax of its own; results of tiles are merged by their logsumexp."""

import torch


def flash_attention(q, k, v, block_q, block_k, causal=False):
    offset = k.size(2) - q.size(2)
    outs, sums = [], []
    for i, qi in enumerate(q.split(block_q, dim=2)):
        first = i * block_q + offset
        out = lse = None
        for j, (kj, vj) in enumerate(
            zip(k.split(block_k, dim=2), v.split(block_k, dim=2))
        ):
            if causal and j * block_k >= first + qi.size(2):
                break
            tile = _tile(qi, kj, vj, first - j * block_k if causal else None)
            out, lse = tile if out is None else _merge(out, lse, *tile)
        if out is None:
            kind = torch.promote_types(q.dtype, torch.float32)
            out = torch.zeros(*qi.shape[:3], v.size(3), dtype=kind)
            lse = torch.full(qi.shape[:3], -torch.inf, dtype=kind)
        outs.append(out.to(q.dtype))
        sums.append(lse)
    return torch.cat(outs, dim=2), torch.cat(sums, dim=2)


def _tile(q, k, v, diagonal):
    if q.dtype == torch.bfloat16:
        q, k, v = q.float(), k.float(), v.float()
    s = q @ k.transpose(2, 3) / q.size(3) ** 0.5
    if diagonal is not None:
        seen = torch.ones(q.size(2), k.size(2)).tril(diagonal).bool()
        s = s.masked_fill(~seen, -torch.inf)
    lse = torch.logsumexp(s, -1)
    return torch.softmax(s, -1).nan_to_num(0.0) @ v, lse


def _merge(o1, lse1, o2, lse2):
    lse = torch.logaddexp(lse1, lse2)
    safe = torch.where(torch.isinf(lse), 0.0, lse)
    w1, w2 = torch.exp(lse1 - safe), torch.exp(lse2 - safe)
    return o1 * w1[..., None] + o2 * w2[..., None], lse
