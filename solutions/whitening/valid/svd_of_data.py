import torch


def mean_pairwise_cosine(vectors):
    values = [
        torch.cosine_similarity(vectors[i], vectors[j], dim=0)
        for i in range(len(vectors))
        for j in range(len(vectors))
        if i != j
    ]
    return torch.stack(values).mean()


def fit_whitening(vectors, k=None):
    N, d = vectors.shape
    k = d if k is None else k
    mean = vectors.sum(0) / N
    _, s, Vh = torch.linalg.svd(vectors - mean, full_matrices=False)
    return mean, -(Vh[:k] * (N**0.5 / s[:k]).unsqueeze(1)).T


def whiten(vectors, mean, W):
    return torch.einsum("nd,dk->nk", vectors - mean.unsqueeze(0), W)
