"""The two logits processors of transformers, on random texts and logits."""

import torch

COUNTERPART = "transformers.generation.logits_process"


def pairs(implementation, seed):
    """Penalised logits, and exponentials of those with forbidden n-grams."""
    from transformers.generation.logits_process import (
        NoRepeatNGramLogitsProcessor,
        RepetitionPenaltyLogitsProcessor,
    )

    generator = torch.Generator().manual_seed(seed)
    for length in (3, 20):
        ids = torch.randint(0, 5, (6, length), generator=generator)
        logits = torch.randn(6, 9, generator=generator, dtype=torch.float64)
        for penalty in (0.7, 1.2):
            theirs = RepetitionPenaltyLogitsProcessor(penalty)
            yield (
                f"penalty {penalty}, {length} tokens",
                implementation.repetition_penalty(logits, ids, penalty),
                theirs(ids, logits.clone()),
            )
        for n in (1, 2, 3, 4):
            yield (
                f"{n}-grams, {length} tokens",
                implementation.no_repeat_ngram(logits, ids, n).exp(),
                NoRepeatNGramLogitsProcessor(n)(ids, logits.clone()).exp(),
            )
