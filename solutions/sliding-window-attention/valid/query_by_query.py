import torch


def sliding_window_mask(T_q, T_k, window):
    mask = torch.zeros(T_q, T_k, dtype=torch.bool)
    for i in range(T_q):
        p = i + T_k - T_q
        mask[i, max(0, p - window + 1) : p + 1] = True
    return mask


def sliding_window_attention(q, k, v, window):
    out = []
    for t in range(q.shape[-2]):
        near = slice(max(0, t + 1 - window), t + 1)
        s = torch.einsum("...d,...jd->...j", q[..., t, :], k[..., near, :])
        s = s / q.shape[-1] ** 0.5
        e = torch.exp(s - s.amax(-1, keepdim=True))
        w = e / e.sum(-1, keepdim=True)
        out.append(torch.einsum("...j,...jd->...d", w, v[..., near, :]))
    return torch.stack(out, -2)
