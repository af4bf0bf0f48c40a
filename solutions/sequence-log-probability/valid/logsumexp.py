import torch


def sequence_log_probability(logits, labels, mask, average=False):
    keep = mask.clone()
    keep[:, 0] = False
    keep = keep[:, 1:]
    ids = labels[:, 1:].clamp(min=0)
    x = logits[:, :-1].float() if logits.dtype == torch.bfloat16 else logits
    x = x[:, : ids.size(1)]
    chosen = torch.gather(x, 2, ids[..., None])[..., 0]
    log_p = chosen - torch.logsumexp(x, dim=-1)
    log_p = torch.where(keep, log_p, torch.zeros_like(log_p))
    result = log_p.sum(dim=1)
    if average:
        result = result / keep.sum(dim=1).clamp(min=1)
    return result.to(logits.dtype)
