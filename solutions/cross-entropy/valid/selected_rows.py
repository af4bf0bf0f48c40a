import torch


def cross_entropy(logits, target, ignore_index=-100):
    flat, labels = logits.reshape(-1, logits.size(-1)), target.reshape(-1)
    kept = (labels != ignore_index).nonzero().squeeze(-1)
    if kept.numel() == 0:
        return logits.sum() * 0
    rows, labels = flat[kept], labels[kept]
    shifted = rows - rows.amax(dim=1, keepdim=True)
    log_probabilities = shifted - shifted.exp().sum(1, keepdim=True).log()
    return -log_probabilities[torch.arange(len(labels)), labels].mean()
