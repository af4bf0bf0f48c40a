"""By the distance of the last token kept, as the library does."""

import torch


def typical_filter(logits, mass):
    out = logits.clone()
    if mass < 1:
        log_p = torch.log_softmax(logits.double(), dim=-1)
        p = log_p.exp()
        h = -(p * log_p).nan_to_num(0.0).sum(-1, keepdim=True)
        distance = (log_p + h).abs()
        ranked, order = distance.sort(dim=-1)
        cumulative = p.gather(-1, order).cumsum(-1)
        last = (cumulative < mass).sum(-1, keepdim=True)
        last = last.clamp(max=logits.size(-1) - 1)
        out[distance > ranked.gather(-1, last)] = float("-inf")
    return out
