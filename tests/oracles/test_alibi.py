"""`alibi_slopes` and `alibi_bias` against the sequences printed in the paper, and against brute force."""

from __future__ import annotations

import pytest
import torch


def test_slopes_of_eight_and_sixteen_heads_are_those_of_the_paper(reference):
    slopes = reference("alibi").alibi_slopes
    assert slopes(8).tolist() == [1 / 2**k for k in range(1, 9)]
    torch.testing.assert_close(slopes(16), torch.tensor([2 ** (-k / 2) for k in range(1, 17)]))


@pytest.mark.parametrize("heads", [3, 6, 12, 20, 112])
def test_other_numbers_fill_the_gaps(reference, heads):
    """Every additional slope is the geometric mean of two neighbours, beginning above the first."""
    slopes = reference("alibi").alibi_slopes(heads).double()
    power = 2 ** (heads.bit_length() - 1)
    ratio = 2.0 ** (-8 / power)
    above = torch.cat((torch.ones(1, dtype=torch.float64), slopes[: power - 1]))
    gaps = (above * slopes[:power]).sqrt()
    torch.testing.assert_close(slopes[power:], gaps[: heads - power], rtol=1e-6, atol=0)
    torch.testing.assert_close(
        slopes[1:power] / slopes[: power - 1], torch.full((power - 1,), ratio).double()
    )


@pytest.mark.parametrize(("heads", "queries", "keys"), [(4, 6, 6), (3, 2, 7), (5, 1, 4), (1, 1, 1)])
def test_equals_brute_force(reference, heads, queries, keys):
    module = reference("alibi")
    slopes, bias = module.alibi_slopes(heads), module.alibi_bias(heads, queries, keys)
    assert bias.shape == (heads, queries, keys)
    for head in range(heads):
        for query in range(queries):
            own = keys - queries + query
            row = [-slopes[head].item() * (own - j) if j <= own else float("-inf") for j in range(keys)]
            torch.testing.assert_close(bias[head, query], torch.tensor(row))
