"""The masks against those that torch builds, and against what torch's attention does with padding."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.attention.bias import causal_lower_right

SIZES = [(1, 1), (5, 5), (1, 6), (3, 7), (4, 5)]


def _torchs_causal_mask(queries: int, keys: int) -> Tensor:
    """Where torch's attention puts weight under its lower-right causal bias: the values are the identity."""
    scores_of_zero = torch.zeros(1, 1, queries, 4), torch.zeros(1, 1, keys, 4)
    weights = F.scaled_dot_product_attention(
        *scores_of_zero, torch.eye(keys)[None, None], attn_mask=causal_lower_right(queries, keys)
    )
    return weights[0, 0] > 0


@pytest.mark.parametrize("size", [1, 2, 5, 9])
def test_causal_mask_without_a_past_is_the_one_of_nn_transformer(reference, size):
    blocked = nn.Transformer.generate_square_subsequent_mask(size)
    torch.testing.assert_close(reference("causal-and-padding-masks").causal_mask(size, size), blocked == 0)


@pytest.mark.parametrize(("queries", "keys"), SIZES)
def test_causal_mask_after_a_past_is_torchs_lower_right_bias(reference, queries, keys):
    ours = reference("causal-and-padding-masks").causal_mask(queries, keys)
    torch.testing.assert_close(ours, _torchs_causal_mask(queries, keys))


@pytest.mark.parametrize("seed", range(5))
def test_padding_mask_counts_the_real_tokens_that_pad_sequence_left(reference, seed):
    generator = torch.Generator().manual_seed(seed)
    lengths = torch.randint(1, 8, (4,), generator=generator)
    padded = nn.utils.rnn.pad_sequence([torch.ones(n) for n in lengths], batch_first=True)
    longest = padded.size(1)
    torch.testing.assert_close(
        reference("causal-and-padding-masks").padding_mask(lengths, longest)[:, 0], padded == 1
    )


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("queries", "keys"), [(5, 5), (3, 7)])
def test_combined_mask_hides_the_same_keys_as_torchs_module(reference, seed, queries, keys):
    """nn.MultiheadAttention takes the two masks apart; attending under ours must give the same."""
    torch.manual_seed(seed)
    lengths = torch.tensor([keys, 1, 1 + seed])
    masks = reference("causal-and-padding-masks")
    attention = nn.MultiheadAttention(8, 2, batch_first=True, dtype=torch.float64)
    query, key = torch.randn(3, queries, 8).double(), torch.randn(3, keys, 8).double()
    padding = torch.arange(keys).expand(3, keys) >= lengths[:, None]
    future = ~_torchs_causal_mask(queries, keys)
    expected, weights = attention(query, key, key, key_padding_mask=padding, attn_mask=future)
    ours = masks.combined_mask(lengths, queries, keys)
    result, _ = attention(query, key, key, attn_mask=(~ours).repeat_interleave(2, dim=0))
    torch.testing.assert_close(result, expected)
    torch.testing.assert_close(weights > 0, ours)


def test_masks_are_on_the_device_of_the_lengths(reference):
    masks = reference("causal-and-padding-masks")
    lengths = torch.tensor([3, 1], device="meta")
    assert masks.padding_mask(lengths, 5).device.type == "meta"
    assert masks.combined_mask(lengths, 2, 5).device.type == "meta"
