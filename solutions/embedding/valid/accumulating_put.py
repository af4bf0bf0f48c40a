import torch


def embedding(ids, weight):
    for i in ids.flatten().tolist():
        if i < 0:
            raise IndexError(i)
    return (
        torch.stack([weight[i] for i in ids.flatten().tolist()]).view(
            *ids.shape, -1
        )
        if ids.numel()
        else weight[ids]
    )


def embedding_backward(grad_output, ids, num_embeddings, padding_idx=None):
    table = torch.zeros(
        (num_embeddings, grad_output.shape[-1]), dtype=torch.float64
    )
    table.index_put_((ids,), grad_output.double(), accumulate=True)
    if padding_idx is not None:
        table[padding_idx] *= 0
    return table.to(grad_output.dtype)


def tied_logits(hidden, weight):
    return torch.matmul(hidden, weight.transpose(0, 1))


def tied_backward(grad_output, ids, grad_logits, hidden, padding_idx=None):
    table = embedding_backward(
        grad_output, ids, grad_logits.shape[-1], padding_idx
    ).double()
    for g, h in zip(
        grad_logits.reshape(-1, grad_logits.shape[-1]),
        hidden.reshape(-1, hidden.shape[-1]),
    ):
        table += torch.outer(g.double(), h.double())
    return table.to(grad_output.dtype)
