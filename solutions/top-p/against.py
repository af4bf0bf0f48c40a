"""The top-p warper of transformers, on random logits."""

import torch

COUNTERPART = "transformers.generation.logits_process.TopPLogitsWarper"


def pairs(implementation, seed):
    """Probabilities after the filter, for several p and shapes."""
    from transformers.generation.logits_process import TopPLogitsWarper

    generator = torch.Generator().manual_seed(seed)
    for p in (0.1, 0.5, 0.9, 0.99, 1.0):
        for scale in (0.5, 3.0):
            logits = scale * torch.randn(
                5, 40, generator=generator, dtype=torch.float64
            )
            theirs = TopPLogitsWarper(p)(torch.zeros(5, 0).long(), logits)
            yield (
                f"p = {p}, scale {scale}",
                implementation.top_p_filter(logits, p).softmax(dim=-1),
                theirs.softmax(dim=-1),
            )
