import torch


def cross_entropy(logits, target, ignore_index=-100):
    total, count = logits.new_zeros(()), 0
    for row, label in zip(
        logits.reshape(-1, logits.shape[-1]), target.reshape(-1).tolist()
    ):
        if label != ignore_index:
            total = total + torch.logsumexp(row - row[label], 0)
            count += 1
    return total / count if count else total
