"""The masking of BERT against the collator of transformers: two samples, one law."""

from __future__ import annotations

from collections import Counter

import pytest
import torch

from llmprep.judge.laws import chance_of_one_law

WORDS, MASK = 12, 3


class Tokenizer:
    """What the collator asks of a tokenizer."""

    mask_token = "[MASK]"
    mask_token_id = MASK

    def __len__(self) -> int:
        return WORDS

    def convert_tokens_to_ids(self, token: str) -> int:
        return MASK


def collated(ids, special, probability, seed):
    transformers = pytest.importorskip(
        "transformers", reason="oracle library not installed: pip install llmprep[oracles]"
    )
    collator = transformers.DataCollatorForLanguageModeling(
        Tokenizer(), mlm_probability=probability, return_tensors="pt"
    )
    torch.manual_seed(seed)
    return collator.torch_mask_tokens(ids.clone(), special_tokens_mask=special)


def outcomes(ids, inputs, labels):
    """What happened to each token, for counting."""
    rows = torch.stack([ids, inputs, labels], dim=-1).flatten(0, 1).tolist()
    return Counter(str(tuple(row)) for row in rows)


@pytest.mark.parametrize("probability", [0.15, 0.6])
@pytest.mark.parametrize("seed", range(3))
def test_the_same_law_as_the_library(reference, probability, seed):
    generator = torch.Generator().manual_seed(seed)
    ids = torch.tensor([5, 9]).repeat(200, 50)
    special = torch.zeros_like(ids, dtype=torch.bool)
    special[:, ::10] = True
    ours = reference("mlm-masking").mask_tokens(ids, special, MASK, WORDS, probability, generator)
    theirs = collated(ids, special, probability, seed)
    assert chance_of_one_law(outcomes(ids, *ours), outcomes(ids, *theirs)) > 1e-4


def test_another_law_is_noticed(reference):
    """The comparison above can fail: 72/10/18 instead of 80/10/10."""
    ids = torch.tensor([5, 9]).repeat(200, 50)
    special = torch.zeros_like(ids, dtype=torch.bool)
    inputs, labels = reference("mlm-masking").mask_tokens(ids, special, MASK, WORDS, 0.6)
    spoilt = torch.where((inputs == MASK) & (torch.rand(ids.shape) < 0.1), ids, inputs)
    theirs = collated(ids, special, 0.6, 0)
    assert chance_of_one_law(outcomes(ids, spoilt, labels), outcomes(ids, *theirs)) < 1e-6


def test_expected_shares(reference):
    """Counted against the numbers of the paper, within five standard deviations."""
    ids, generator = torch.full((400, 250), 7), torch.Generator().manual_seed(0)
    special = torch.zeros_like(ids, dtype=torch.bool)
    inputs, labels = reference("mlm-masking").mask_tokens(ids, special, 1, 1000, generator=generator)
    selected = labels == 7
    total = ids.numel()
    for share, of in ((selected, 0.15), (inputs == 1, 0.12), (selected & (inputs == 7), 0.015)):
        deviation = (of * (1 - of) / total) ** 0.5
        assert abs(float(share.double().mean()) - of) < 5 * deviation + 0.015 / 1000
