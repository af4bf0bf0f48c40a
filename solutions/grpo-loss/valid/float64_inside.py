import torch
import torch.nn.functional as F


def grpo_loss(
    log_probs,
    old_log_probs,
    reference_log_probs,
    advantages,
    mask,
    epsilon=0.2,
    beta=0.04,
    aggregation="sequence",
):
    wide = torch.float64
    new, old, ref = (
        x.to(wide).masked_fill(mask.logical_not(), 0.0)
        for x in (
            log_probs,
            old_log_probs.detach(),
            reference_log_probs.detach(),
        )
    )
    a = advantages.detach().to(wide).reshape(-1, 1)
    r = (new - old).exp()
    # min(r·A, clip(r)·A) = r·A minus what lies beyond the clip
    beyond = torch.where(
        a >= 0, F.relu(r - 1 - epsilon), -F.relu(1 - epsilon - r)
    )
    per_token = -(r - beyond) * a + beta * ((ref - new).exp() - 1 - ref + new)
    per_token = per_token.masked_fill(mask.logical_not(), 0.0)
    lengths = mask.sum(1)
    if aggregation == "sequence":
        out = (per_token.sum(1) / lengths.clamp(min=1)).sum() / len(lengths)
    elif aggregation == "token":
        out = per_token.sum() / lengths.sum().clamp(min=1)
    else:
        raise ValueError(f"no aggregation {aggregation}")
    return out.to(log_probs.dtype)
