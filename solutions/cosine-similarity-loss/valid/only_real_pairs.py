import torch


def cosine_similarity(u, v):
    keep = u.abs().amax(1).gt(0) & v.abs().amax(1).gt(0)
    a, b = u[keep].double(), v[keep].double()
    dots = torch.bmm(a.unsqueeze(1), b.unsqueeze(2)).flatten()
    cos = dots / (a.square().sum(1) * b.square().sum(1)).sqrt()
    return u.new_zeros(len(u)).index_put((keep,), cos.to(u.dtype))


def cosine_similarity_loss(u, v, gold):
    return torch.nn.MSELoss()(cosine_similarity(u, v), gold)
