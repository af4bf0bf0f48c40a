"""Greedy decoding in a batch, with a KV cache and an end for each sequence."""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

Model = Callable[[Tensor, Tensor, Any], tuple[Tensor, Any]]


@torch.no_grad()
def generate(
    model: Model,
    ids: Tensor,
    mask: Tensor,
    max_new_tokens: int,
    eos_id: int,
    pad_id: int,
) -> Tensor:
    """Append the likeliest token again and again.

    Shapes: ids, mask (B, T), padded on the left -> (B, T + n), where n is at
    most `max_new_tokens`. A sequence that has said EOS goes on with padding.
    """
    done = torch.zeros(len(ids), dtype=torch.bool, device=ids.device)  # (B,)
    unseen, cache = ids, None  # by the model: first the prompt
    for _ in range(max_new_tokens):
        logits, cache = model(unseen, mask, cache)  # (B, T or 1, vocab)
        token = logits[:, -1].argmax(dim=-1)  # (B,)
        token = token.masked_fill(done, pad_id)
        # remembered, since padding may be EOS or not
        done = done | (token == eos_id)
        unseen = token[:, None]  # (B, 1)
        ids = torch.cat((ids, unseen), dim=1)
        if done.all():
            break
        real = torch.ones_like(unseen, dtype=torch.bool)
        mask = torch.cat((mask, real), dim=1)  # as wide as ids
    return ids
