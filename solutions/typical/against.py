"""The typical warper of transformers, on random logits."""

import torch

COUNTERPART = "transformers.generation.logits_process.TypicalLogitsWarper"


def pairs(implementation, seed):
    """Probabilities after the filter, for several masses and scales."""
    from transformers.generation.logits_process import TypicalLogitsWarper

    generator = torch.Generator().manual_seed(seed)
    for mass in (0.05, 0.2, 0.5, 0.9, 0.99):
        for scale in (0.5, 3.0):
            logits = scale * torch.randn(
                5, 40, generator=generator, dtype=torch.float64
            )
            theirs = TypicalLogitsWarper(mass)(torch.zeros(5, 0).long(), logits)
            yield (
                f"mass = {mass}, scale {scale}",
                implementation.typical_filter(logits, mass).softmax(dim=-1),
                theirs.softmax(dim=-1),
            )
