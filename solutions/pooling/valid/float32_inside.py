import torch


def pool(hidden, attention_mask, mode):
    assert hidden.dim() == 3
    m = attention_mask.unsqueeze(-1)
    h = hidden if hidden.dtype == torch.float64 else hidden.float()
    n = m.sum(1)
    match mode:
        case "mean":
            out = (h * m).sum(1) / torch.maximum(n, torch.ones_like(n))
        case "max":
            out = (h + torch.log(m.to(h.dtype))).max(1).values
            out = torch.where(n == 0, 0.0, out)
        case "cls":
            first = (attention_mask.cumsum(1) == 1) & (attention_mask == 1)
            out = (h * first.unsqueeze(-1)).sum(1)
        case "last":
            last = (attention_mask.flip(1).cumsum(1).flip(1) == 1) & (
                attention_mask == 1
            )
            out = (h * last.unsqueeze(-1)).sum(1)
        case _:
            raise ValueError("unknown mode " + mode)
    return out.to(hidden.dtype)
