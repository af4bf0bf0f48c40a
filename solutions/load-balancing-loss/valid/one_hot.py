import torch
import torch.nn.functional as F


def load_balancing_loss(router_logits, top_k, mask=None):
    p = F.softmax(router_logits, dim=-1, dtype=torch.float32)
    E = p.shape[-1]
    _, idx = torch.topk(p, top_k, dim=-1)
    hot = F.one_hot(idx, E).sum(-2).float()
    if mask is None:
        mask = torch.ones(p.shape[:-1], dtype=torch.bool)
    m = mask.unsqueeze(-1).float()
    n = m.sum()
    dims = tuple(range(p.dim() - 1))
    f = (hot * m).sum(dims) / n
    P = (p * m).sum(dims) / n
    return E * torch.dot(f, P)
