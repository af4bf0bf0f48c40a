"""Masking for BERT's masked language model (Devlin et al. 2018, §3.1, §A.1)."""

import torch
from torch import Tensor

IGNORED = -100  # what cross-entropy skips


def mask_tokens(
    ids: Tensor,
    special: Tensor,
    mask_id: int,
    vocab_size: int,
    probability: float = 0.15,
    generator: torch.Generator | None = None,
) -> tuple[Tensor, Tensor]:
    """Select tokens to predict, and hide most of them.

    Shapes: ids, special and both results (...). `special` is never selected.
    """

    def chance(share: float) -> Tensor:
        return torch.rand(ids.shape, generator=generator) < share

    selected = chance(probability) & ~special
    labels = ids.masked_fill(~selected, IGNORED)

    to_mask = selected & chance(0.8)
    # half of the remaining fifth: a tenth of what is selected
    to_random = selected & ~to_mask & chance(0.5)
    random_ids = torch.randint(vocab_size, ids.shape, generator=generator)

    inputs = ids.masked_fill(to_mask, mask_id)
    inputs = torch.where(to_random, random_ids, inputs)
    return inputs, labels
