"""What T5's buckets must satisfy, and the bias against a lookup pair by pair."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
import torch


@pytest.mark.parametrize(("buckets", "longest"), [(32, 128), (12, 20), (64, 300)])
def test_buckets_by_exact_powers(reference, buckets, longest):
    """n^(m-e) ≥ e^(m-e)·(longest/e)^k, in whole numbers: no logarithm, no rounding."""
    bucket = reference("t5-relative-bias").relative_position_bucket
    for way in (True, False):
        m = buckets // 2 if way else buckets
        e = m // 2
        for n in range(e, 2 * longest):
            powers = Fraction(n, e) ** (m - e)
            k = max(k for k in range(m - e + 1) if powers >= Fraction(longest, e) ** k)
            if powers == Fraction(longest, e) ** k and 0 < k < m - e:
                continue  # rounding of the logarithm decides
            expected = min(e + k, m - 1)
            assert bucket(torch.tensor(-n), way, buckets, longest).item() == expected
            if way:
                assert bucket(torch.tensor(n), way, buckets, longest).item() == m + expected


def test_default_buckets_grow_and_meet_at_the_ends(reference):
    bucket = reference("t5-relative-bias").relative_position_bucket
    past = bucket(-torch.arange(0, 400))
    assert past[:8].tolist() == list(range(8))
    assert ((past.diff() >= 0) & (past.diff() <= 1)).all()
    assert past[128:].unique().tolist() == [15]
    assert bucket(torch.arange(1, 400), bidirectional=False).unique().tolist() == [0]
    widths = past.bincount()[8:15].tolist()
    assert widths == sorted(widths) and math.isclose(widths[-1] / widths[-2], 2**0.5, rel_tol=0.1)


@pytest.mark.parametrize("way", [True, False])
@pytest.mark.parametrize(("queries", "keys"), [(6, 6), (2, 9), (1, 1)])
def test_bias_is_the_entry_of_each_pair(reference, way, queries, keys):
    module = reference("t5-relative-bias")
    bias = module.RelativePositionBias(3, way, 12, 20)
    table, found = bias.relative_attention_bias.weight, bias(queries, keys)
    assert found.shape == (1, 3, queries, keys)
    for query in range(queries):
        for key in range(keys):
            offset = torch.tensor(key - (keys - queries + query))
            entry = table[module.relative_position_bucket(offset, way, 12, 20)]
            torch.testing.assert_close(found[0, :, query, key], entry)
