import torch
import torch.nn.functional as F


def one(p, q):
    """Over the classes that P allows."""
    kept = (p != -torch.inf).nonzero().squeeze(-1)
    log_p = F.log_softmax(p[kept], 0)
    log_q = F.log_softmax(q, 0)[kept]
    return torch.exp(log_p) @ (log_p - log_q)


def kl_divergence(p_logits, q_logits, reduction="batchmean"):
    C = p_logits.shape[-1]
    rows = zip(p_logits.reshape(-1, C), q_logits.reshape(-1, C))
    each = torch.stack([one(p, q) for p, q in rows])
    each = each.reshape(p_logits.shape[:-1])
    match reduction:
        case "none":
            return each
        case "sum":
            return each.sum()
        case "mean":
            return each.sum() / each.numel()
        case "batchmean":
            return each.sum() / len(each)
    raise ValueError("reduction")
