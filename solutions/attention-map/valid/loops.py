import math

import torch


def attention_map(x, W_q, W_k):
    q, k = torch.matmul(x, W_q), torch.matmul(x, W_k)
    rows = []
    for i in range(x.shape[-2]):
        s = (q[..., i : i + 1, :] * k).sum(-1) / math.sqrt(q.shape[-1])
        rows.append(torch.softmax(s, dim=-1))
    return torch.stack(rows, dim=-2)


def merge(W_q, W_k):
    return sum(torch.outer(a, b) for a, b in zip(W_q.T, W_k.T))


def merged_attention_map(x, M, d_k):
    moved = x @ M
    rows = []
    for i in range(x.shape[-2]):
        s = torch.matmul(x, moved[..., i, :, None])[..., 0]
        rows.append(torch.softmax(s / math.sqrt(d_k), dim=-1))
    return torch.stack(rows, dim=-2)


def split(M, d_k):
    """One singular triple after another, taken off what is left."""
    left, right = [], []
    rest = M.clone()
    for _ in range(d_k):
        U, S, Vh = torch.linalg.svd(rest, full_matrices=False)
        left.append(U[:, 0] * S[0])
        right.append(Vh[0])
        rest = rest - torch.outer(left[-1], right[-1])
    return torch.stack(left, 1), torch.stack(right, 1)


def costs(d, d_k, num_heads):
    total = {"score": (d_k * num_heads, d * num_heads)}
    total["parameters"] = (2 * d * total["score"][0], d * total["score"][1])
    total["cache"] = (total["score"][0], d)
    return total
