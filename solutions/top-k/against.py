"""The top-k warper of transformers, on random logits."""

import torch

COUNTERPART = "transformers.generation.logits_process.TopKLogitsWarper"


def pairs(implementation, seed):
    """Probabilities after the filter, for several k."""
    from transformers.generation.logits_process import TopKLogitsWarper

    generator = torch.Generator().manual_seed(seed)
    for k in (1, 3, 17, 40, 90):
        logits = torch.randn(5, 40, generator=generator, dtype=torch.float64)
        theirs = TopKLogitsWarper(k)(torch.zeros(5, 0).long(), logits)
        yield (
            f"k = {k}",
            implementation.top_k_filter(logits, k).softmax(dim=-1),
            theirs.softmax(dim=-1),
        )
