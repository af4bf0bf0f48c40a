import torch


def label_smoothing_loss(logits, target, epsilon=0.1, ignore_index=-100):
    """log p = z − logsumexp(z): the normaliser comes out once, whatever q is."""
    wide = logits.to(torch.promote_types(logits.dtype, torch.float32))
    rows, labels = wide.reshape(-1, wide.size(-1)), target.reshape(-1)
    kept = labels != ignore_index
    if not bool(kept.any()):
        return (wide * 0).sum().to(logits.dtype)
    rows, labels = rows[kept], labels[kept]
    rows = rows - rows.detach().max(-1, keepdim=True)[0]
    expected = (1 - epsilon) * rows[
        torch.arange(len(labels)), labels
    ] + epsilon * rows.mean(-1)
    return (rows.exp().sum(-1).log() - expected).mean().to(logits.dtype)
