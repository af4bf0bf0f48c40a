import torch


def logsumexp(x, dim=-1, keepdim=False):
    wide = x.double().movedim(dim, -1)
    largest = (
        wide.detach().amax(-1).nan_to_num(neginf=torch.finfo(torch.float64).min)
    )
    result = (wide - largest[..., None]).exp().sum(-1).log() + largest
    result = result.to(x.dtype)
    return result.unsqueeze(dim) if keepdim else result


def log_softmax(x, dim=-1):
    wide = x.double()
    shifted = wide - wide.max(dim=dim, keepdim=True)[0]
    return (shifted - shifted.exp().sum(dim=dim, keepdim=True).log()).to(
        x.dtype
    )
