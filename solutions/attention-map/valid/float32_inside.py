import torch


def _soft(scores, dtype):
    scores = scores.to(torch.promote_types(scores.dtype, torch.float32))
    e = (scores - scores.amax(-1, keepdim=True)).exp()
    return (e / e.sum(-1, keepdim=True)).to(dtype)


def attention_map(x, W_q, W_k):
    return _soft((x @ W_q) @ (x @ W_k).mT / W_q.shape[1] ** 0.5, x.dtype)


def merge(W_q, W_k):
    return torch.nn.functional.linear(W_q, W_k)


def merged_attention_map(x, M, d_k):
    """Keys are transformed instead of queries."""
    return _soft(x @ (x @ M.T).mT / d_k**0.5, x.dtype)


def split(M, d_k):
    U, S, V = torch.svd(M)
    return U[:, :d_k], V[:, :d_k] @ torch.diag(S[:d_k])


def costs(d, d_k, num_heads):
    two = {"parameters": 2 * d * d_k, "score": d_k, "cache": d_k}
    one = {"parameters": d * d, "score": d}
    total = {
        name: (num_heads * two[name], num_heads * one[name]) for name in one
    }
    total["cache"] = (num_heads * two["cache"], d)
    return total
