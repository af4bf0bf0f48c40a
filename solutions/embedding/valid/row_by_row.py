def embedding(ids, weight):
    if ids.numel() and (
        int(ids.min()) < 0 or int(ids.max()) >= weight.shape[0]
    ):
        raise IndexError("id out of range")
    return weight[ids, :]


def embedding_backward(grad_output, ids, num_embeddings, padding_idx=None):
    table = grad_output.new_zeros((num_embeddings, grad_output.shape[-1]))
    for g, i in zip(
        grad_output.reshape(-1, grad_output.shape[-1]), ids.reshape(-1).tolist()
    ):
        if i != padding_idx:
            table[i] += g
    return table


def tied_logits(hidden, weight):
    return (weight @ hidden.unsqueeze(-1)).squeeze(-1)


def tied_backward(grad_output, ids, grad_logits, hidden, padding_idx=None):
    size = grad_logits.shape[-1]
    output = grad_logits.reshape(-1, size).transpose(0, 1) @ hidden.reshape(
        -1, hidden.shape[-1]
    )
    output += embedding_backward(grad_output, ids, size, padding_idx)
    return output
