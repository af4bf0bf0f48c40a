import math

import torch


def attention_backward(grad_output, q, k, v, mask=None):
    """As FlashAttention does it: rowsum(P ∘ dP) = rowsum(O ∘ dO), and P from the logsumexp."""
    q = q / math.sqrt(q.size(-1))
    scores = q @ k.transpose(-2, -1)
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    lse = scores.logsumexp(-1, keepdim=True)
    p = (scores - lse.masked_fill(lse == -math.inf, 0.0)).exp()
    delta = (grad_output * (p @ v)).sum(-1, keepdim=True)
    grad_s = p * (grad_output @ v.transpose(-2, -1) - delta)
    grad_q = grad_s @ k / math.sqrt(k.size(-1))
    return (
        grad_q,
        grad_s.transpose(-2, -1) @ q,
        p.transpose(-2, -1) @ grad_output,
    )
