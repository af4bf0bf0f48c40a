"""The reference against scaled_dot_product_attention on the contiguous cache."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F


@pytest.mark.parametrize(("heads", "kv_heads", "size"), [(4, 4, 3), (6, 2, 4), (8, 1, 16)])
def test_against_the_contiguous_cache(reference, heads, kv_heads, size):
    generator = torch.Generator().manual_seed(size)
    lengths, d = torch.tensor([7, 1, 16, 12]), 5
    blocks = -(-lengths // size)
    order = torch.randperm(int(blocks.sum()), generator=generator)
    pools = [torch.full((len(order), size, kv_heads, d), torch.nan, dtype=torch.float64) for _ in range(2)]
    table = torch.full((4, int(blocks.max())), -1)
    q = torch.randn(4, heads, d, dtype=torch.float64, generator=generator)
    expected, used = [], 0
    for row, (length, count) in enumerate(zip(lengths.tolist(), blocks.tolist(), strict=True)):
        table[row, :count] = order[used : used + count]
        used += count
        k, v = (torch.randn(length, kv_heads, d, dtype=torch.float64, generator=generator) for _ in range(2))
        for pool, stored in zip(pools, (k, v), strict=True):
            for position, entry in enumerate(stored):
                pool[table[row, position // size], position % size] = entry
        one = F.scaled_dot_product_attention(
            q[row, None, :, None], k.transpose(0, 1)[None], v.transpose(0, 1)[None], enable_gqa=True
        )
        expected.append(one[0, :, 0])
    found = reference("paged-attention").paged_attention(q, *pools, table, lengths)
    torch.testing.assert_close(found, torch.stack(expected))
