import torch


def pool(hidden, attention_mask, mode):
    B, T, D = hidden.shape
    m = attention_mask.to(torch.float64)
    if mode == "mean":
        w = m / m.sum(1, keepdim=True).clamp(min=1e-9)
        return torch.einsum("bt,btd->bd", w.to(hidden.dtype), hidden)
    if mode == "max":
        low = hidden.new_full((), torch.finfo(hidden.dtype).min)
        out = (
            torch.where(attention_mask[..., None] == 1, hidden, low)
            .max(dim=1)
            .values
        )
        return torch.where(
            attention_mask.sum(1)[:, None] > 0, out, torch.zeros_like(out)
        )
    if mode not in ("cls", "last"):
        raise ValueError(mode)
    t = torch.arange(T)
    key = t + 1 if mode == "last" else T - t
    idx = (key * attention_mask).argmax(1)
    picked = hidden.gather(1, idx.view(B, 1, 1).expand(B, 1, D)).squeeze(1)
    return picked * attention_mask.any(1)[:, None]
