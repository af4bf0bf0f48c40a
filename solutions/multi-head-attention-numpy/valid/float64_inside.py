import numpy as np


def multi_head_attention(x, W_q, W_k, W_v, W_o, num_heads, causal=False):
    dtype = x.dtype
    x, W_q, W_k, W_v, W_o = (
        a.astype(np.float64) for a in (x, W_q, W_k, W_v, W_o)
    )
    length = x.shape[1]
    q, k, v = (
        np.stack(np.split(x @ W, num_heads, axis=-1), axis=1)
        for W in (W_q, W_k, W_v)
    )
    scores = np.matmul(q, np.transpose(k, (0, 1, 3, 2))) / np.sqrt(q.shape[-1])
    if causal:
        scores = scores + np.triu(np.full((length, length), -np.inf), 1)
    top = np.max(scores, axis=3, keepdims=True)
    log_sum = top + np.log(np.exp(scores - top).sum(axis=3, keepdims=True))
    heads = np.exp(scores - log_sum) @ v
    joined = np.concatenate([heads[:, h] for h in range(num_heads)], axis=-1)
    return (joined @ W_o).astype(dtype)
