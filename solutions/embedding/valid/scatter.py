import torch


def embedding(ids, weight):
    if ((ids < 0) | (ids >= len(weight))).any():
        raise IndexError("no such row")
    return weight.index_select(0, ids.flatten()).view(
        *ids.shape, weight.size(1)
    )


def embedding_backward(grad_output, ids, num_embeddings, padding_idx=None):
    g = grad_output.reshape(-1, grad_output.size(-1))
    flat = ids.reshape(-1)
    if padding_idx is not None:
        kept = flat != padding_idx
        g, flat = g[kept], flat[kept]
    table = torch.zeros(num_embeddings, g.size(1), dtype=g.dtype)
    return table.scatter_add(0, flat[:, None].expand_as(g), g)


def tied_logits(hidden, weight):
    return torch.einsum("...d,vd->...v", hidden, weight)


def tied_backward(grad_output, ids, grad_logits, hidden, padding_idx=None):
    table = torch.einsum("...v,...d->vd", grad_logits, hidden)
    return table + embedding_backward(
        grad_output, ids, grad_logits.size(-1), padding_idx
    )
