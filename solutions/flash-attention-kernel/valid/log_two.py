"""One-dimensional grid, base-2 exponentials, and a logsumexp merge of block results."""

import math

import torch
import triton
import triton.language as tl


@triton.jit
def kernel(
    Q,
    K,
    V,
    O,
    T,
    S,
    d,
    scale,
    causal,
    B: tl.constexpr,
    C: tl.constexpr,
    D: tl.constexpr,
):
    per = tl.cdiv(T, B)
    n = tl.program_id(0) // per
    i = (tl.program_id(0) % per) * B + tl.arange(0, B)
    f = tl.arange(0, D)
    q = tl.load(
        Q + (n * T + i[:, None]) * d + f[None, :],
        mask=(i[:, None] < T) & (f[None, :] < d),
        other=0,
    )
    q = q.to(tl.float32) * scale
    o = tl.zeros((B, D), dtype=tl.float32)
    lse = tl.full((B,), -1e30, dtype=tl.float32)
    stop = S
    if causal:
        stop = tl.minimum(S, tl.max(i, axis=0) + 1 + S - T)
    for start in range(0, stop, C):
        j = start + tl.arange(0, C)
        inside = (j[:, None] < S) & (f[None, :] < d)
        k = tl.load(
            K + (n * S + j[:, None]) * d + f[None, :], mask=inside, other=0
        ).to(tl.float32)
        v = tl.load(
            V + (n * S + j[:, None]) * d + f[None, :], mask=inside, other=0
        ).to(tl.float32)
        s = tl.dot(q, tl.trans(k))
        ok = (j[None, :] < S) & (
            (causal == 0) | (j[None, :] <= i[:, None] + S - T)
        )
        s = tl.where(ok, s, -1e30)
        m = tl.max(s, axis=1)
        p = tl.where(ok, tl.exp2(s - m[:, None]), 0.0)
        total = tl.maximum(tl.sum(p, axis=1), 1e-30)
        block = m + tl.log2(total)
        new = tl.maximum(lse, block)
        new = new + tl.log2(tl.exp2(lse - new) + tl.exp2(block - new))
        o = (
            o * tl.exp2(lse - new)[:, None]
            + tl.dot(p, v) * tl.exp2(m - new)[:, None]
        )
        lse = new
    tl.store(
        O + (n * T + i[:, None]) * d + f[None, :],
        o,
        mask=(i[:, None] < T) & (f[None, :] < d),
    )


def flash_attention(q, k, v, causal=False, block_q=16, block_k=16):
    q, k, v = (x.contiguous() for x in (q, k, v))
    n, t, d = q.shape
    out = torch.empty(n, t, d, dtype=q.dtype)
    width = max(16, triton.next_power_of_2(d))
    scale = math.log2(math.e) / d**0.5
    kernel[(n * triton.cdiv(t, block_q),)](
        q,
        k,
        v,
        out,
        t,
        k.size(1),
        d,
        scale,
        int(causal),
        B=block_q,
        C=block_k,
        D=width,
    )
    return out
