import torch


def attention(query, key, value, mask=None):
    scores = torch.einsum(
        "...qd,...kd->...qk", query / query.shape[-1] ** 0.5, key
    )
    if mask is None:
        return torch.einsum(
            "...qk,...kv->...qv", torch.softmax(scores, -1), value
        )
    blocked = torch.logical_not(mask)
    scores = torch.where(blocked, torch.full_like(scores, -1e30), scores)
    weights = torch.softmax(scores, -1) * mask
    return torch.einsum("...qk,...kv->...qv", weights.to(value.dtype), value)
