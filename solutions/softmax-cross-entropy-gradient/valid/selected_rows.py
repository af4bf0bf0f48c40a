import torch


def softmax_cross_entropy(logits, target, ignore_index=-100):
    rows, labels = logits.reshape(-1, logits.size(-1)), target.reshape(-1)
    kept = (labels != ignore_index).nonzero()[:, 0]
    gradient = torch.zeros_like(rows)
    if len(kept) == 0:
        return rows.new_zeros(()), gradient.reshape(logits.shape)
    chosen, labels = rows[kept], labels[kept]
    p = torch.softmax(chosen, dim=1)
    index = torch.arange(len(kept))
    loss = (torch.logsumexp(chosen, 1) - chosen[index, labels]).mean()
    p[index, labels] -= 1.0
    gradient[kept] = p / len(kept)
    return loss, gradient.reshape(logits.shape)
