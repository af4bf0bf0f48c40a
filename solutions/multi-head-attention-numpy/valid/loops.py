import math

import numpy as np


def multi_head_attention(x, W_q, W_k, W_v, W_o, num_heads, causal=False):
    result = np.zeros((*x.shape[:2], W_o.shape[1]), dtype=x.dtype)
    d_k, d_v = W_k.shape[1] // num_heads, W_v.shape[1] // num_heads
    for b, sequence in enumerate(x):
        for h in range(num_heads):
            qk, vs = (
                slice(h * d_k, (h + 1) * d_k),
                slice(h * d_v, (h + 1) * d_v),
            )
            q, k = sequence @ W_q[:, qk], sequence @ W_k[:, qk]
            v = sequence @ W_v[:, vs]
            for t in range(len(sequence)):
                last = t + 1 if causal else len(sequence)
                s = k[:last] @ q[t] / math.sqrt(d_k)
                w = np.exp(s - np.max(s))
                # the heads' parts of the last product are added up
                result[b, t] += (w / np.sum(w)) @ v[:last] @ W_o[vs]
    return result
