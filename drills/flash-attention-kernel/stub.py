"""FlashAttention forward in one Triton kernel."""

import torch
import triton
import triton.language as tl
from torch import Tensor


@triton.jit
def attention_kernel(q_pointer, k_pointer, v_pointer, o_pointer, T_q, T_k, d, scale):
    pass  # one program per block of queries and sequence; add the arguments you need


def flash_attention(
    q: Tensor,
    k: Tensor,
    v: Tensor,
    causal: bool = False,
    block_q: int = 16,
    block_k: int = 16,
) -> Tensor:
    """q (N, T_q, d), k and v (N, T_k, d) → (N, T_q, d), in the arguments' dtype."""
    raise NotImplementedError
