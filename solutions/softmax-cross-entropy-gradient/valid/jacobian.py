import torch


def softmax_cross_entropy(logits, target, ignore_index=-100):
    """The long way: dL/dp = −1/p at the target, through the Jacobian diag(p) − p·pᵀ, in float64."""
    rows, labels = (
        logits.detach().double().reshape(-1, logits.size(-1)),
        target.reshape(-1).tolist(),
    )
    gradient = torch.zeros_like(rows)
    loss, count = (
        rows.new_zeros(()),
        sum(label != ignore_index for label in labels),
    )
    for i, (row, label) in enumerate(zip(rows, labels)):
        if label == ignore_index:
            continue
        p = row.softmax(0)
        column = -p * p[label]
        column[label] += p[label]
        loss = loss + torch.logsumexp(row - row[label], 0)
        # for a probability that underflowed, −column / p[label] in closed form
        gradient[i] = (
            -column / p[label]
            if p[label] > 0
            else p - torch.eye(len(row)).double()[label]
        )
    count = max(count, 1)
    return (loss / count).to(logits.dtype), (gradient / count).reshape(
        logits.shape
    ).to(logits.dtype)
