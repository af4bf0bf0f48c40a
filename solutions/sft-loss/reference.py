"""Supervised fine-tuning loss on responses (Llama 2, 2023, §3.1)."""

import torch
from torch import Tensor
from torch.nn import functional

IGNORED = -100  # what cross_entropy leaves out by default


def sft_loss(
    logits: Tensor, ids: Tensor, prompt_lengths: Tensor, lengths: Tensor
) -> tuple[Tensor, Tensor]:
    """Mean cross-entropy of response tokens, and the labels it was taken of.

    Shapes: logits (B, T, V), ids (B, T), lengths (B,) -> (), (B, T).
    """
    positions = torch.arange(ids.size(1), device=ids.device)  # (T,)
    after_prompt = positions >= prompt_lengths[:, None]  # (B, T)
    before_padding = positions < lengths[:, None]  # (B, T)
    labels = ids.masked_fill(~(after_prompt & before_padding), IGNORED)

    targets = labels[:, 1:].flatten()  # the token that comes next
    total = functional.cross_entropy(
        logits[:, :-1].flatten(0, 1), targets, reduction="sum"
    )
    counted = (targets != IGNORED).sum()
    return total / counted.clamp(min=1), labels
