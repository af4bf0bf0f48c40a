"""FlashAttention forward in Triton: one program per block of queries.

FlashAttention-2 §3.1: one pass over the keys; the output is divided by the
row sums once, at the end.
"""

import math

import torch
import triton
import triton.language as tl
from torch import Tensor


@triton.jit
def attention_kernel(
    q_pointer,  # (N, T_q, d), k and v (N, T_k, d): all contiguous
    k_pointer,
    v_pointer,
    o_pointer,
    T_q,
    T_k,
    d,
    scale,
    CAUSAL: tl.constexpr,
    BLOCK_Q: tl.constexpr,
    BLOCK_K: tl.constexpr,
    BLOCK_D: tl.constexpr,
):
    first = tl.program_id(axis=0) * BLOCK_Q  # the first query of this program
    sequence = tl.program_id(axis=1).to(tl.int64)
    query = first + tl.arange(0, BLOCK_Q)[:, None]  # (BLOCK_Q, 1)
    feature = tl.arange(0, BLOCK_D)[None, :]  # (1, BLOCK_D)

    q_offsets = (sequence * T_q + query) * d + feature  # (BLOCK_Q, BLOCK_D)
    q_inside = (query < T_q) & (feature < d)
    q = tl.load(q_pointer + q_offsets, mask=q_inside, other=0.0).to(tl.float32)

    maximum = tl.full((BLOCK_Q,), -float("inf"), dtype=tl.float32)
    total = tl.zeros((BLOCK_Q,), dtype=tl.float32)
    output = tl.zeros((BLOCK_Q, BLOCK_D), dtype=tl.float32)

    past = T_k - T_q  # keys before the first query
    # behind the last key that the last query of the block may see
    end = min(T_k, past + first + BLOCK_Q) if CAUSAL else T_k
    for start in range(0, end, BLOCK_K):
        key = start + tl.arange(0, BLOCK_K)  # (BLOCK_K,)
        k_offsets = (sequence * T_k + key[:, None]) * d + feature
        k_inside = (key[:, None] < T_k) & (feature < d)
        k = tl.load(k_pointer + k_offsets, mask=k_inside, other=0.0)
        v = tl.load(v_pointer + k_offsets, mask=k_inside, other=0.0)

        # (BLOCK_Q, BLOCK_K)
        scores = tl.dot(q, tl.trans(k.to(tl.float32))) * scale
        visible = key[None, :] < T_k
        if CAUSAL:
            visible = visible & (key[None, :] <= past + query)
        scores = tl.where(visible, scores, -float("inf"))

        new_maximum = tl.maximum(maximum, tl.max(scores, axis=1))  # (BLOCK_Q,)
        weights = tl.exp(scores - new_maximum[:, None])
        correction = tl.exp(maximum - new_maximum)
        total = total * correction + tl.sum(weights, axis=1)
        output *= correction[:, None]
        output += tl.dot(weights, v.to(tl.float32))
        maximum = new_maximum

    tl.store(o_pointer + q_offsets, output / total[:, None], mask=q_inside)


def flash_attention(
    q: Tensor,
    k: Tensor,
    v: Tensor,
    causal: bool = False,
    block_q: int = 16,
    block_k: int = 16,
) -> Tensor:
    """q (N, T_q, d), k and v (N, T_k, d) → (N, T_q, d), in their dtype."""
    q, k, v = q.contiguous(), k.contiguous(), v.contiguous()
    N, T_q, d = q.shape
    T_k = k.shape[1]
    o = torch.empty_like(q)
    attention_kernel[(triton.cdiv(T_q, block_q), N)](
        q,
        k,
        v,
        o,
        T_q,
        T_k,
        d,
        1 / math.sqrt(d),
        CAUSAL=causal,
        BLOCK_Q=block_q,
        BLOCK_K=block_k,
        BLOCK_D=max(16, triton.next_power_of_2(d)),
    )
    return o
