import torch
import torch.nn.functional as F


def unit(x):
    squares = (x * x).sum(-1, keepdim=True)
    ok = squares > 0
    return torch.where(ok, x * torch.where(ok, squares, 1.0).rsqrt(), 0.0), ok


def cosine_similarity(u, v):
    a, ok_a = unit(u)
    b, ok_b = unit(v)
    return torch.where(
        (ok_a & ok_b).squeeze(-1), torch.einsum("bd,bd->b", a, b), 0.0
    )


def cosine_similarity_loss(u, v, gold):
    return F.mse_loss(cosine_similarity(u, v), gold)
