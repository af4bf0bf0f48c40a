import torch


def weighted_mean_pool(hidden, attention_mask):
    count = attention_mask.cumsum(1)
    n = count[:, -1:]
    w = (count / (n * (n + 1) / 2).clamp(min=1)).masked_fill(
        attention_mask == 0, 0
    )
    return torch.bmm(w[:, None].to(hidden.dtype), hidden).squeeze(1)
