"""Reward model loss (Ouyang et al. 2022, §3.5, Eq. 1; margin: Llama 2)."""

import torch
import torch.nn.functional as F
from torch import Tensor


def last_token_reward(scores: Tensor, attention_mask: Tensor) -> Tensor:
    """The score at the last real token, which alone has seen the whole text.

    Shapes: scores (B, T), attention_mask (B, T) with True = real token -> (B,).
    """
    positions = torch.arange(scores.size(-1), device=scores.device)
    last = (positions * attention_mask).argmax(-1)  # (B,), any padding side
    return scores.gather(-1, last.unsqueeze(-1)).squeeze(-1)


def reward_loss(
    chosen: Tensor, rejected: Tensor, margin: Tensor | float | None = None
) -> Tensor:
    """Mean of −log σ(chosen − rejected − margin) over the pairs.

    Shapes: rewards (B,) of the preferred and dispreferred answers -> ().
    """
    difference = chosen - rejected  # Bradley–Terry: only this counts
    if margin is not None:
        difference = difference - margin
    return -F.logsigmoid(difference).mean()
