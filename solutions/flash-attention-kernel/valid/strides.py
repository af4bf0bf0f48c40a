"""Strides instead of copies; scores are scaled in the queries; the finite mask value −1e9 in float32."""

import torch
import triton
import triton.language as tl


@triton.jit
def tile(base, rows, features, row_stride, feature_stride, many, d):
    pointers = (
        base + rows[:, None] * row_stride + features[None, :] * feature_stride
    )
    return tl.load(
        pointers,
        mask=(rows[:, None] < many) & (features[None, :] < d),
        other=0.0,
    ).to(tl.float32)


@triton.jit
def kernel(
    q, k, v, o,
    qn, qt, qd, kn, kt, kd, vn, vt, vd, on, ot, od,
    T, S, d, scale,
    CAUSAL: tl.constexpr, B: tl.constexpr, C: tl.constexpr, D: tl.constexpr,
):  # fmt: skip
    n = tl.program_id(1)
    rows = tl.program_id(0) * B + tl.arange(0, B)
    features = tl.arange(0, D)
    queries = tile(q + n * qn, rows, features, qt, qd, T, d) * scale
    m = tl.full((B,), -1e9, tl.float32)
    l = tl.zeros((B,), tl.float32)
    acc = tl.zeros((B, D), tl.float32)
    blocks = tl.cdiv(S, C)
    if CAUSAL:
        last = tl.program_id(0) * B + B - 1 + S - T
        blocks = min(blocks, last // C + 1)
    for block in range(blocks):
        columns = block * C + tl.arange(0, C)
        s = tl.dot(
            queries, tl.trans(tile(k + n * kn, columns, features, kt, kd, S, d))
        )
        s += tl.where(columns[None, :] < S, 0.0, -1e9)
        if CAUSAL:
            s = tl.where(columns[None, :] > rows[:, None] + S - T, -1e9, s)
        new = tl.maximum(m, tl.max(s, 1))
        p = tl.exp(s - new[:, None])
        a = tl.exp(m - new)
        l = l * a + tl.sum(p, 1)
        acc = acc * a[:, None]
        acc = tl.dot(p, tile(v + n * vn, columns, features, vt, vd, S, d), acc)
        m = new
    where = o + n * on + rows[:, None] * ot + features[None, :] * od
    tl.store(
        where,
        acc / l[:, None],
        mask=(rows[:, None] < T) & (features[None, :] < d),
    )


def flash_attention(q, k, v, causal=False, block_q=16, block_k=16):
    o = torch.empty_like(q)
    n, t, d = q.shape
    kernel[(triton.cdiv(t, block_q), n)](
        q, k, v, o, *q.stride(), *k.stride(), *v.stride(), *o.stride(), t, k.shape[1], d, d**-0.5,
        CAUSAL=causal, B=block_q, C=block_k, D=max(16, triton.next_power_of_2(d)),
    )  # fmt: skip
    return o
