"""One pass for dQ, another for dK and dV, as kernels without atomic additions do it."""

import torch


def flash_attention_backward(
    q, k, v, o, logsumexp, d_o, block_q, block_k, causal=False
):
    N, M = q.shape[2], k.shape[2]
    D = torch.einsum("bhnd,bhnd->bhn", o, d_o)

    def tile(i, j):
        return _tile(
            q[:, :, i : i + block_q],
            k[:, :, j : j + block_k],
            v[:, :, j : j + block_k],
            d_o[:, :, i : i + block_q],
            logsumexp[:, :, i : i + block_q, None],
            D[:, :, i : i + block_q, None],
            i - j + M - N if causal else None,
        )

    def seen(i, j):
        return not causal or j <= min(i + block_q, N) - 1 + M - N

    dQ, dK, dV = [], [], []
    for i in range(0, N, block_q):
        total = torch.zeros_like(q[:, :, i : i + block_q])
        for j in range(0, M, block_k):
            if seen(i, j):
                total = total + tile(i, j)[1] @ k[:, :, j : j + block_k]
        dQ.append(total)
    for j in range(0, M, block_k):
        for_k = torch.zeros_like(k[:, :, j : j + block_k])
        for_v = torch.zeros_like(v[:, :, j : j + block_k])
        for i in range(0, N, block_q):
            if seen(i, j):
                P, dS = tile(i, j)
                for_v = for_v + P.transpose(2, 3) @ d_o[:, :, i : i + block_q]
                for_k = for_k + dS.transpose(2, 3) @ q[:, :, i : i + block_q]
        dK.append(for_k)
        dV.append(for_v)
    return [torch.cat(parts, 2) for parts in (dQ, dK, dV)]


def _tile(q, k, v, d_o, lse, D, diagonal):
    scale = q.shape[-1] ** -0.5
    S = q @ k.transpose(2, 3) * scale
    if diagonal is not None:
        ones = torch.ones(S.shape[2:], dtype=torch.bool)
        S = S.masked_fill(ones.triu(diagonal + 1), -torch.inf)
    P = torch.exp(S - torch.where(lse == -torch.inf, 0.0, lse))
    return P, P * (d_o @ v.transpose(2, 3) - D) * scale
