"""One decoding step over a KV cache that lies in blocks."""

import torch
from torch import Tensor


def paged_attention(
    q: Tensor, k_pool: Tensor, v_pool: Tensor, block_table: Tensor, lengths: Tensor
) -> Tensor:
    """q (B, H, d), pools (blocks, block_size, H_kv, d), block_table (B, m),
    lengths (B,) -> (B, H, d)."""
    raise NotImplementedError
