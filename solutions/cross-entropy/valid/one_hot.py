import torch


def cross_entropy(logits, target, ignore_index=-100):
    wide = logits.float() if logits.dtype == torch.bfloat16 else logits
    classes = torch.arange(wide.size(-1))
    counted = target.ne(ignore_index).to(wide.dtype)
    one_hot = (target.unsqueeze(-1) == classes).to(
        wide.dtype
    ) * counted.unsqueeze(-1)
    log_probabilities = wide - torch.logsumexp(wide, -1, keepdim=True)
    return (
        -(one_hot * log_probabilities).sum() / max(int(counted.sum()), 1)
    ).to(logits.dtype)
