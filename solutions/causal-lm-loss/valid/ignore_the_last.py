"""Labels move one to the left, the free place at the end is ignored; the loss is taken in float32 or wider."""

import torch
import torch.nn.functional as F


def causal_lm_loss(logits, labels, ignore_index=-100):
    shifted = F.pad(labels, (0, 1), value=ignore_index)[:, 1:].contiguous()
    wide = logits.to(torch.promote_types(logits.dtype, torch.float32))
    losses = F.cross_entropy(
        wide.transpose(1, 2),
        shifted,
        ignore_index=ignore_index,
        reduction="none",
    )
    count = (shifted != ignore_index).sum().clamp_min(1)
    return (losses.sum() / count).to(logits.dtype)
