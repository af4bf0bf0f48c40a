"""The loop of the well-known recipe: labels of -100 on context, log-probabilities gathered."""

import math

import torch


def perplexity(model, documents, max_length, stride):
    if stride < 1 or stride >= max_length:
        raise ValueError(f"stride {stride} does not fit {max_length}")
    mode = model.training
    model.train(False)
    losses = [torch.zeros(0, dtype=torch.float64)]
    with torch.inference_mode():
        for ids in documents:
            n, previous_end = ids.numel(), 0
            if n < 2:
                continue
            for begin in range(0, n, stride):
                end = min(begin + max_length, n)
                labels = ids[begin:end].clone()
                labels[: previous_end - begin] = -100
                rows = model(ids[begin:end].unsqueeze(0)).squeeze(0)
                logp = rows.double().log_softmax(-1)[:-1]
                keep = labels[1:] != -100
                picked = logp[keep].gather(1, labels[1:][keep][:, None])
                losses.append(-picked[:, 0])
                previous_end = end
                if end == n:
                    break
    model.train(mode)
    everything = torch.cat(losses)
    if everything.numel() == 0:
        raise ValueError("nothing to count")
    return math.exp(everything.mean().item())
