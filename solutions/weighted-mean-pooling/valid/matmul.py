import torch


def weighted_mean_pool(hidden, attention_mask):
    B, T = attention_mask.shape
    start = attention_mask.argmax(dim=1, keepdim=True)
    position = torch.arange(T).expand(B, T) - start + 1
    w = torch.where(attention_mask == 1, position, 0).double()
    n = attention_mask.sum(1, keepdim=True).double()
    w = w * 2 / (n * (n + 1)).clamp_min(1)
    return torch.einsum("bt,btd->bd", w, hidden.double()).to(hidden.dtype)
