"""The min-p warper of transformers, on random logits."""

import torch

COUNTERPART = "transformers.generation.logits_process.MinPLogitsWarper"


def pairs(implementation, seed):
    """Probabilities after the filter, for several min_p and scales."""
    from transformers.generation.logits_process import MinPLogitsWarper

    generator = torch.Generator().manual_seed(seed)
    for min_p in (0.0, 0.02, 0.2, 0.7, 1.0):
        for scale in (0.5, 3.0):
            logits = scale * torch.randn(
                5, 40, generator=generator, dtype=torch.float64
            )
            theirs = MinPLogitsWarper(min_p)(torch.zeros(5, 0).long(), logits)
            yield (
                f"min_p = {min_p}, scale {scale}",
                implementation.min_p_filter(logits, min_p).softmax(dim=-1),
                theirs.softmax(dim=-1),
            )
