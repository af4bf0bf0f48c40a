"""Contrastive search (Su et al. 2022, §3.2)."""

from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn import functional


def candidate_scores(
    probabilities: Tensor, candidates: Tensor, context: Tensor, alpha: float
) -> Tensor:
    """Confidence of the model minus the degeneration penalty.

    Shapes: probabilities (k,), candidates (k, d), context (T, d) -> (k,).
    """
    candidates = functional.normalize(candidates, dim=-1)
    context = functional.normalize(context, dim=-1)
    penalty = (candidates @ context.mT).amax(dim=-1)  # (k, T) -> (k,)
    return (1 - alpha) * probabilities - alpha * penalty


@torch.no_grad()
def contrastive_search(
    model: Callable[[Tensor], tuple[Tensor, Tensor]],
    ids: list[int],
    max_new_tokens: int,
    k: int = 4,
    alpha: float = 0.6,
    eos: int | None = None,
) -> list[int]:
    """Likely tokens that do not repeat what the text already says.

    Shapes: model (n, t) -> logits (n, t, V), hidden states (n, t, d).
    """
    prefix = torch.tensor(ids)  # (t,)
    logits = model(prefix.unsqueeze(0))[0][0, -1]  # (V,)
    for _ in range(max_new_tokens):
        probabilities, tokens = logits.softmax(dim=-1).topk(k)
        batch = torch.cat([prefix.expand(k, -1), tokens.unsqueeze(1)], dim=1)
        all_logits, hidden = model(batch)  # (k, t + 1, V), (k, t + 1, d)
        # the prefix is the same in all rows: its states are, too
        scores = candidate_scores(
            probabilities, hidden[:, -1], hidden[0, :-1], alpha
        )
        best = scores.argmax()
        prefix, logits = batch[best], all_logits[best, -1]
        if tokens[best] == eos:
            break
    return prefix.tolist()
