"""Greedy decoding: the likeliest next token, again and again."""

from collections.abc import Callable

import torch
from torch import Tensor

Model = Callable[[Tensor], Tensor]


@torch.no_grad()
def greedy_decode(
    model: Model, ids: Tensor, max_new_tokens: int, context: int, eos_id: int
) -> Tensor:
    """Append likeliest tokens until all sequences have said EOS.

    Shapes: ids (B, T) -> (B, T + n), where n is at most `max_new_tokens`.
    """
    done = torch.zeros(len(ids), dtype=torch.bool)  # (B,)
    for _ in range(max_new_tokens):
        logits = model(ids[:, -context:])  # (B, t, V), t at most `context`
        token = logits[:, -1].argmax(dim=-1)  # (B,)
        token = token.masked_fill(done, eos_id)
        ids = torch.cat((ids, token[:, None]), dim=1)
        done = token == eos_id  # still true for those that ended before
        if done.all():
            break
    return ids
