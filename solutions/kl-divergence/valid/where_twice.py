import torch


def kl_divergence(p_logits, q_logits, reduction="batchmean"):
    allowed = p_logits > float("-inf")
    log_p = torch.log_softmax(p_logits, dim=-1)
    log_q = torch.log_softmax(q_logits, dim=-1)
    zero = torch.zeros((), dtype=p_logits.dtype)
    ratio = torch.where(allowed, log_p, zero) - torch.where(
        allowed, log_q, zero
    )
    kl = torch.einsum("...c,...c->...", log_p.exp(), ratio)
    reduce = {
        "none": lambda v: v,
        "sum": torch.sum,
        "mean": torch.mean,
        "batchmean": lambda v: v.sum() / v.shape[0],
    }
    if reduction not in reduce:
        raise ValueError(f"{reduction} is not one of {sorted(reduce)}")
    return reduce[reduction](kl)
