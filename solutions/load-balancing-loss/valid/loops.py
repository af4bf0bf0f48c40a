import torch


def load_balancing_loss(router_logits, top_k, mask=None):
    E = router_logits.shape[-1]
    rows = router_logits.reshape(-1, E)
    keep = [True] * len(rows) if mask is None else mask.flatten().tolist()
    load = [0] * E
    total, n = 0.0, 0
    for row, real in zip(rows, keep):
        if not real:
            continue
        n += 1
        row = row.to(torch.float32)
        e = torch.exp(row - row.max())
        total = total + e / e.sum()
        for i in row.argsort(descending=True)[:top_k].tolist():
            load[i] += 1
    return sum(load[i] / n * total[i] / n for i in range(E)) * E
