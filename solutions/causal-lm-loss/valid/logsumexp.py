"""logsumexp minus the right logit, without flattening."""


def causal_lm_loss(logits, labels, ignore_index=-100):
    rows, targets = logits[:, :-1, :], labels[:, 1:]
    counted = targets != ignore_index
    safe = targets.masked_fill(~counted, 0).unsqueeze(-1)
    losses = rows.logsumexp(-1) - rows.gather(-1, safe).squeeze(-1)
    count = max(int(counted.sum()), 1)
    return losses.masked_fill(~counted, 0.0).sum() / count
