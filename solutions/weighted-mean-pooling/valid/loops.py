import torch


def weighted_mean_pool(hidden, attention_mask):
    out = []
    for vectors, keep in zip(hidden, attention_mask):
        real = vectors[keep == 1]
        n = len(real)
        total = torch.zeros(vectors.shape[-1], dtype=torch.float64)
        for i in range(n):
            total = total + real[i].double() * ((i + 1) / (n * (n + 1) / 2))
        out.append(total.to(hidden.dtype))
    return torch.stack(out)
