import torch


def logsumexp(x, dim=-1, keepdim=False):
    """A running maximum and a running sum, entry by entry."""
    entries = x.unbind(dim)
    largest = torch.full_like(entries[0], torch.finfo(x.dtype).min)
    total = torch.zeros_like(entries[0])
    for entry in entries:
        new = torch.maximum(largest, entry).detach()
        total = total * (largest - new).exp() + (entry - new).exp()
        largest = new
    result = total.log() + largest
    return result.unsqueeze(dim) if keepdim else result


def log_softmax(x, dim=-1):
    largest = x.detach().amax(dim, keepdim=True)
    rest = logsumexp(x - largest, dim, keepdim=True)
    return x - largest - rest
