import torch


def attention_map(x, W_q, W_k):
    q = torch.einsum("...td,dk->...tk", x, W_q)
    k = torch.einsum("...td,dk->...tk", x, W_k * W_k.shape[1] ** -0.5)
    return torch.softmax(torch.einsum("...ik,...jk->...ij", q, k), -1)


def merge(W_q, W_k):
    return torch.einsum("ik,jk->ij", W_q, W_k)


def merged_attention_map(x, M, d_k):
    scores = torch.einsum("...id,de,...je->...ij", x, M, x)
    return torch.softmax(scores * d_k**-0.5, -1)


def split(M, d_k):
    """M Mᵀ has the left singular vectors; projecting onto them is best."""
    _, vectors = torch.linalg.eigh(M @ M.T)
    U = vectors[:, -d_k:]
    return [U, M.T @ U]


def costs(d, d_k, num_heads):
    H = num_heads
    return {
        "cache": [H * d_k, d],
        "score": [H * d_k, H * d],
        "parameters": [2 * H * d * d_k, H * d**2],
    }
