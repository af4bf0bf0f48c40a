import torch


def logsumexp(x, dim=-1, keepdim=False):
    with torch.no_grad():
        largest = x.max(dim, keepdim=True).values
        largest = torch.where(
            torch.isfinite(largest), largest, torch.zeros_like(largest)
        )
    total = (
        torch.log(torch.sum(torch.exp(x - largest), dim, keepdim=True))
        + largest
    )
    return total if keepdim else total.squeeze(dim)


def log_softmax(x, dim=-1):
    return x - logsumexp(x, dim, keepdim=True)
