import torch.nn.functional as F


def attention(q, k, v, mask=None):
    scores = (q @ k.transpose(-1, -2)).mul_(q.size(-1) ** -0.5)
    if mask is None:
        return F.softmax(scores, dim=-1).matmul(v)
    weights = F.softmax(
        scores.masked_fill(mask.logical_not(), float("-inf")), dim=-1
    )
    return weights.nan_to_num(0.0).matmul(v)
