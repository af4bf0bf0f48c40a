"""One loss per absolute position, written once; fsum at the end; mode restored in finally."""

from math import exp, fsum

import torch


def document_losses(model, ids, max_length, stride):
    n, losses, begin = len(ids), {}, 0
    while n > 1:
        window = ids[begin : begin + max_length]
        z = model(window.view(1, -1))[0].to(torch.float32)
        normaliser = torch.logsumexp(z, dim=-1)
        for j in range(1, len(window)):
            loss = normaliser[j - 1] - z[j - 1, window[j]]
            losses.setdefault(begin + j, float(loss))
        if begin + max_length >= n:
            break
        begin += stride
    return list(losses.values())


def perplexity(model, documents, max_length, stride):
    if not (0 < stride < max_length):
        raise ValueError("stride")
    before = model.training
    try:
        model.eval()
        with torch.no_grad():
            every = [
                loss
                for ids in documents
                for loss in document_losses(model, ids, max_length, stride)
            ]
    finally:
        model.train(before)
    if not every:
        raise ValueError("no tokens")
    return exp(fsum(every) / len(every))
