import torch


def attention(q, k, v, mask=None):
    lead = q.shape[:-2]
    if mask is None:
        mask = torch.ones(q.shape[-2], k.shape[-2], dtype=torch.bool)
    mask = mask.expand(*lead, q.shape[-2], k.shape[-2]).reshape(
        -1, q.shape[-2], k.shape[-2]
    )
    out = []
    for qs, ks, vs, ms in zip(
        q.reshape(-1, *q.shape[-2:]),
        k.reshape(-1, *k.shape[-2:]),
        v.reshape(-1, *v.shape[-2:]),
        mask,
    ):
        rows = []
        for i in range(qs.shape[0]):
            if not ms[i].any():
                rows.append(vs.new_zeros(vs.shape[-1]))
                continue
            s = (ks[ms[i]] @ qs[i]) * ks.shape[-1] ** -0.5
            s = torch.exp(s - s.max())
            rows.append((s / s.sum()) @ vs[ms[i]])
        out.append(torch.stack(rows))
    return torch.stack(out).reshape(*lead, q.shape[-2], v.shape[-1])
