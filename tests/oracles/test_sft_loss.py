"""`sft_loss` against torch's cross-entropy of each response token by itself."""

from __future__ import annotations

import pytest
import torch
from torch.nn import functional


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(("batch", "longest", "vocabulary"), [(3, 9, 7), (5, 6, 11)])
def test_equals_torch_token_by_token(reference, seed, batch, longest, vocabulary):
    generator = torch.Generator().manual_seed(seed)
    ids = torch.randint(vocabulary, (batch, longest), generator=generator)
    lengths = torch.randint(1, longest + 1, (batch,), generator=generator)
    prompts = (torch.rand(batch, generator=generator) * (lengths + 1)).long()
    lengths[0], prompts[0] = longest, 1  # one row that certainly counts
    logits = torch.randn(
        batch, longest, vocabulary, generator=generator, dtype=torch.float64, requires_grad=True
    )
    loss, labels = reference("sft-loss").sft_loss(logits, ids, prompts, lengths)

    losses = []
    for row in range(batch):
        for place in range(longest):
            if prompts[row] <= place < lengths[row]:
                assert labels[row, place] == ids[row, place]
                if place > 0:
                    losses.append(functional.cross_entropy(logits[row, place - 1], ids[row, place]))
            else:
                assert labels[row, place] == -100
    expected = torch.stack(losses).mean()
    torch.testing.assert_close(loss, expected)
    torch.testing.assert_close(*(torch.autograd.grad(value, logits)[0] for value in (loss, expected)))


def test_without_a_response_nothing_is_learned(reference):
    logits = torch.randn(2, 4, 5, requires_grad=True)
    ids, full = torch.randint(5, (2, 4)), torch.tensor([4, 3])
    loss, labels = reference("sft-loss").sft_loss(logits, ids, full, full)
    loss.backward()
    assert loss == 0
    assert not logits.grad.any()
    assert (labels == -100).all()
