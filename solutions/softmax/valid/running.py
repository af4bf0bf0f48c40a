import torch


def softmax(x, dim=-1):
    """One pass with a running maximum and a running sum, as FlashAttention does block by block."""
    entries = x.unbind(dim)
    largest = torch.full_like(entries[0], torch.finfo(x.dtype).min)
    total = torch.zeros_like(entries[0])
    for entry in entries:
        new = torch.maximum(largest, entry)
        total = total * (largest - new).exp() + (entry - new).exp()
        largest = new
    return (x - largest.unsqueeze(dim)).exp() / total.unsqueeze(dim)
