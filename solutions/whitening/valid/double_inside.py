import torch


def mean_pairwise_cosine(vectors):
    x = vectors.double()
    gram = x @ x.T
    length = gram.diagonal().sqrt()
    cos = torch.triu(gram / torch.outer(length, length), diagonal=1)
    n = len(x)
    return (cos.sum() / (n * (n - 1) / 2)).to(vectors.dtype)


def fit_whitening(vectors, k=None):
    x = vectors.double()
    mu = x.mean(0)
    second = x.T @ x / x.shape[0] - torch.outer(mu, mu)
    lam, U = torch.linalg.eigh(second)
    order = lam.argsort(descending=True)[: k or len(lam)]
    W = torch.stack([U[:, i] / lam[i] ** 0.5 for i in order], dim=1)
    return mu.to(vectors.dtype), W.to(vectors.dtype)


def whiten(vectors, mean, W):
    return torch.matmul(vectors.sub(mean), W)
