"""The incremental mask against torch's lower-right bias and a padded batch against its rows alone."""

from __future__ import annotations

import pytest
import torch
from torch.nn.attention.bias import causal_lower_right


@pytest.mark.parametrize(("queries", "keys"), [(5, 5), (3, 8), (1, 6), (1, 1), (7, 8)])
def test_is_the_triangle_aligned_at_the_lower_right(reference, queries, keys):
    theirs = causal_lower_right(queries, keys)._materialize()
    assert torch.equal(reference("incremental-mask").causal_mask(queries, keys), theirs)


@pytest.mark.parametrize("queries", [1, 3, 9])
def test_a_left_padded_row_is_its_own_sequence_shifted(reference, queries):
    ours = reference("incremental-mask")
    lengths = [9, 4, 6, 1]
    real = torch.arange(9) >= 9 - torch.tensor(lengths)[:, None]
    masks, positions = ours.causal_mask(queries, 9, real), ours.query_positions(real, queries)
    assert masks.shape == (4, 1, queries, 9)
    for row, length in enumerate(lengths):
        own = min(queries, length)
        alone = torch.ones(length, length, dtype=torch.bool).tril()[length - own :]
        assert torch.equal(masks[row, 0, queries - own :, 9 - length :], alone)
        assert not masks[row, 0, :, : 9 - length].any()
        assert not masks[row, 0, : queries - own].any()
        assert positions[row].tolist() == [0] * (queries - own) + list(range(length - own, length))
