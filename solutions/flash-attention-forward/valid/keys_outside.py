"""The loop order of version 1: keys outside, o normalised after every tile, m and l kept for all rows."""

import torch


def flash_attention(q, k, v, block_q, block_k, causal=False):
    kind = torch.float64 if q.dtype == torch.float64 else torch.float32
    B, H, N, d = q.shape
    M = k.shape[2]
    O = torch.zeros(B, H, N, v.shape[3], dtype=kind)
    m = torch.full((B, H, N), -torch.inf, dtype=kind)
    l = torch.zeros(B, H, N, dtype=kind)
    for k0 in range(0, M, block_k):
        k1 = min(k0 + block_k, M)
        Kj, Vj = k[:, :, k0:k1].to(kind), v[:, :, k0:k1].to(kind)
        for q0 in range(0, N, block_q):
            q1 = min(q0 + block_q, N)
            if causal and k0 > q1 - 1 + M - N:
                continue
            S = torch.einsum("bhid,bhjd->bhij", q[:, :, q0:q1].to(kind), Kj)
            S = S * d**-0.5
            if causal:
                rows = torch.arange(q0, q1)[:, None] + (M - N)
                S = torch.where(torch.arange(k0, k1) <= rows, S, -torch.inf)
            m_tile = S.max(-1).values
            m_old, l_old = m[:, :, q0:q1], l[:, :, q0:q1]
            m_new = torch.maximum(m_old, m_tile)
            safe = torch.nan_to_num(m_new, neginf=0.0)
            P = torch.exp(S - safe[..., None])
            alpha = torch.exp(m_old - safe)
            l_new = alpha * l_old + P.sum(-1)
            O_new = (alpha * l_old)[..., None] * O[:, :, q0:q1] + P @ Vj
            O[:, :, q0:q1] = O_new / l_new.clamp(min=1e-30)[..., None]
            m[:, :, q0:q1], l[:, :, q0:q1] = m_new, l_new
    return O.to(q.dtype), m + torch.log(l)
