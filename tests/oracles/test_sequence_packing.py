"""Packed rows through torch's attention: every sample comes out as if it were alone."""

from __future__ import annotations

import pytest
import torch
from torch.nn import functional


@pytest.mark.parametrize("seed", range(5))
def test_attention_of_a_packed_row_is_that_of_each_sample_alone(reference, seed):
    drill = reference("sequence-packing")
    generator = torch.Generator().manual_seed(seed)
    lengths = torch.randint(1, 8, (9,), generator=generator).tolist()
    # a token's id is its place among all tokens, so that each can be found again
    ends = torch.tensor(lengths).cumsum(0).tolist()
    samples = [list(range(end - length, end)) for end, length in zip(ends, lengths, strict=True)]
    packed = drill.pack(samples, 12, ends[-1])
    mask = drill.packing_mask(packed["segment_ids"])

    q, k, v = (torch.randn(ends[-1] + 1, 4, generator=generator, dtype=torch.float64) for _ in range(3))
    ids = packed["input_ids"]
    output = functional.scaled_dot_product_attention(q[ids], k[ids], v[ids], attn_mask=mask)
    assert not output.isnan().any()
    for sample in samples:
        alone = functional.scaled_dot_product_attention(q[sample], k[sample], v[sample], is_causal=True)
        for position, token in enumerate(sample):
            (place,) = (ids == token).nonzero().tolist()
            torch.testing.assert_close(output[tuple(place)], alone[position])
            assert packed["position_ids"][tuple(place)] == position


@pytest.mark.parametrize("seed", range(5))
def test_shifted_loss_counts_no_boundary(reference, seed):
    drill = reference("sequence-packing")
    generator = torch.Generator().manual_seed(seed)
    samples = [
        torch.randint(6, (length,), generator=generator).tolist()
        for length in torch.randint(1, 7, (8,), generator=generator).tolist()
    ]
    packed = drill.pack(samples, 10, 0)
    table = torch.randn(6, 6, generator=generator, dtype=torch.float64)  # logits of a bigram model
    loss = functional.cross_entropy(
        table[packed["input_ids"][:, :-1]].flatten(0, 1), packed["labels"][:, 1:].flatten(), reduction="sum"
    )
    one_by_one = sum(
        functional.cross_entropy(table[sample[:-1]], torch.tensor(sample[1:]), reduction="sum")
        for sample in samples
        if len(sample) > 1
    )
    torch.testing.assert_close(loss, one_by_one)
