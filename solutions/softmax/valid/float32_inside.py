import torch


def softmax(x, dim=-1):
    wide = x.to(torch.float32) if x.dtype == torch.bfloat16 else x
    with torch.no_grad():
        largest = wide.max(dim, keepdim=True).values
    numerator = torch.exp(wide - largest)
    return (numerator / torch.sum(numerator, dim, keepdim=True)).to(x.dtype)
