import torch


def softmax_cross_entropy(logits, target, ignore_index=-100):
    wide = logits.to(torch.promote_types(logits.dtype, torch.float32))
    weight = target.ne(ignore_index).to(wide.dtype)
    weight = weight / weight.sum().clamp_min(1.0)
    y = (target[..., None] == torch.arange(wide.shape[-1])).to(wide.dtype)
    z = wide - wide.amax(-1, keepdim=True)
    log_sum = z.exp().sum(-1, keepdim=True).log()
    loss = (((y * (log_sum - z)).sum(-1)) * weight).sum()
    gradient = ((z - log_sum).exp() - y) * weight[..., None]
    return loss.to(logits.dtype), gradient.to(logits.dtype)
