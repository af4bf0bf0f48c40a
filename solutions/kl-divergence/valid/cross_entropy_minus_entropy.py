import torch


def kl_divergence(p_logits, q_logits, reduction="batchmean"):
    if reduction not in ("none", "sum", "mean", "batchmean"):
        raise ValueError(reduction)
    dtype = p_logits.dtype
    a, b = p_logits.float(), q_logits.float()
    if dtype == torch.float64:
        a, b = p_logits, q_logits
    never = torch.isneginf(a)
    p = torch.softmax(a, -1)
    log_p = (a - a.logsumexp(-1, keepdim=True)).masked_fill(never, 0.0)
    log_q = (b - b.logsumexp(-1, keepdim=True)).masked_fill(never, 0.0)
    each = -(p * log_q).sum(-1) + (p * log_p).sum(-1)
    each = torch.where((p * log_q == -torch.inf).any(-1), torch.inf, each)
    if reduction == "none":
        return each.to(dtype)
    total = each.sum()
    count = {"sum": 1, "mean": each.numel(), "batchmean": each.shape[0]}
    return (total / count[reduction]).to(dtype)
