"""`cosine_top_k` against `cosine_similarity` of torch and a sort of everything."""

from __future__ import annotations

import pytest
import torch


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(("lead", "n", "width", "k"), [((), 9, 4, 3), ((5,), 30, 7, 10), ((2, 3), 4, 5, 8)])
def test_equals_a_full_sort(reference, seed, lead, n, width, k):
    generator = torch.Generator().manual_seed(seed)
    queries = torch.randn(*lead, width, generator=generator, dtype=torch.float64)
    documents = torch.randn(n, width, generator=generator, dtype=torch.float64)
    scores, indices = reference("cosine-top-k").cosine_top_k(queries, documents, k)
    cosines = torch.nn.functional.cosine_similarity(queries.unsqueeze(-2), documents, dim=-1)
    order = cosines.sort(dim=-1, descending=True)
    torch.testing.assert_close(scores, order.values[..., :k])
    assert torch.equal(indices, order.indices[..., :k])


def test_zeros_are_not_nan(reference):
    scores, _ = reference("cosine-top-k").cosine_top_k(torch.zeros(3), torch.randn(4, 3), 4)
    assert torch.equal(scores, torch.zeros(4))
