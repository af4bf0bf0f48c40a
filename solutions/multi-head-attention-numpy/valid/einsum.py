import numpy as np


def multi_head_attention(x, W_q, W_k, W_v, W_o, num_heads, causal=False):
    H = num_heads
    q = np.einsum("btd,dhk->bhtk", x, W_q.reshape(len(W_q), H, -1))
    k = np.einsum("btd,dhk->bhtk", x, W_k.reshape(len(W_k), H, -1))
    v = np.einsum("btd,dhv->bhtv", x, W_v.reshape(len(W_v), H, -1))
    s = np.einsum("bhik,bhjk->bhij", q, k) * float(q.shape[-1]) ** -0.5
    if causal:
        i, j = np.indices(s.shape[-2:])
        s[..., j > i] = np.finfo(s.dtype).min
    s -= s.max(-1, keepdims=True)
    np.exp(s, out=s)
    s /= s.sum(-1, keepdims=True)
    out = np.einsum("bhij,bhjv->bihv", s, v)
    return out.reshape(*x.shape[:2], -1).dot(W_o)
