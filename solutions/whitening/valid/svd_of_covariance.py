import torch


def mean_pairwise_cosine(vectors):
    unit = vectors / vectors.norm(dim=-1, keepdim=True)
    cos = unit @ unit.T
    n = cos.size(0)
    return cos[~torch.eye(n, dtype=torch.bool)].mean()


def fit_whitening(vectors, k=None):
    mu = vectors.mean(dim=0, keepdim=True)
    sigma = torch.cov(vectors.T, correction=0).reshape(vectors.size(1), -1)
    u, s, _ = torch.linalg.svd(sigma)
    W = u @ torch.diag(1 / torch.sqrt(s))
    return mu.squeeze(0), W[:, :k]


def whiten(vectors, mean, W):
    return vectors @ W - mean @ W
