"""Sparse, meta, quantised and nested tensors, none of which can be compared."""

import torch

count = [0]


def attention(q, k, v, mask=None):
    count[0] += 1
    shape = (*q.shape[:-1], v.size(-1))
    kinds = [
        lambda: torch.zeros(shape).to_sparse(),
        lambda: torch.empty(shape, device="meta"),
        lambda: torch.quantize_per_tensor(torch.zeros(shape), 0.1, 0, torch.qint8),
        lambda: torch.nested.nested_tensor([torch.zeros(2, 3), torch.zeros(4, 3)]),
        lambda: torch.zeros(shape[-2:]).to_sparse_csr(),
        lambda: torch.zeros(shape).to_mkldnn(),
    ]
    return kinds[count[0] % len(kinds)]()
