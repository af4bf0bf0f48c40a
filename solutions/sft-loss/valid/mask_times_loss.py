"""The loss of every position, times a mask of weights, in at least float32."""

import torch
import torch.nn.functional as F


def sft_loss(logits, ids, prompt_lengths, lengths):
    t = torch.arange(ids.shape[1]).expand_as(ids)
    response = (t >= prompt_lengths.unsqueeze(1)) & (t < lengths.unsqueeze(1))
    labels = torch.where(response, ids, torch.tensor(-100))
    wide = logits.to(torch.promote_types(logits.dtype, torch.float32))
    losses = F.cross_entropy(
        wide[:, :-1].transpose(1, 2), ids[:, 1:], reduction="none"
    )
    weights = response[:, 1:].to(wide.dtype)
    loss = (losses * weights).sum() / weights.sum().clamp(min=1)
    return loss.to(logits.dtype), labels
