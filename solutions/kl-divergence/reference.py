"""KL divergence of categorical distributions (Kullback and Leibler 1951)."""

from torch import Tensor, log_softmax


def kl_divergence(
    p_logits: Tensor, q_logits: Tensor, reduction: str = "batchmean"
) -> Tensor:
    """KL(P‖Q) = Σ p·(log p − log q) in nats, P and Q by softmax.

    Shapes: p_logits, q_logits (..., C) -> (...) for "none", else a scalar:
    "sum", "mean", or "batchmean", the sum over the size of the first axis.

    Raises:
        ValueError: for any other reduction.
    """
    log_p, log_q = log_softmax(p_logits, dim=-1), log_softmax(q_logits, dim=-1)
    p = log_p.exp()  # (..., C)
    # 0·log 0 = 0; filled before the product, or backward sees 0·∞
    excluded = p == 0
    log_p = log_p.masked_fill(excluded, 0)
    log_q = log_q.masked_fill(excluded, 0)
    divergence = (p * (log_p - log_q)).sum(-1)  # (...)
    if reduction == "none":
        return divergence
    if reduction == "sum":
        return divergence.sum()
    if reduction == "mean":
        return divergence.mean()
    if reduction == "batchmean":
        return divergence.sum() / divergence.size(0)
    raise ValueError(f"unknown reduction {reduction!r}")
