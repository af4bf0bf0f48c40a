import torch


def cosine_similarity(u, v):
    out = []
    for x, y in zip(u, v):
        if not x.any() or not y.any():
            out.append(x.new_zeros(()))
        else:
            out.append(torch.dot(x / x.norm(), y / y.norm()))
    return torch.stack(out)


def cosine_similarity_loss(u, v, gold):
    errors = [(c - g) ** 2 for c, g in zip(cosine_similarity(u, v), gold)]
    return sum(errors) / len(errors)
