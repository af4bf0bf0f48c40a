import torch


def attention_backward(grad_output, q, k, v, mask=None):
    dtype = q.dtype
    grad_output, q, k, v = (x.double() for x in (grad_output, q, k, v))
    scale = q.shape[-1] ** -0.5
    s = torch.einsum("...id,...jd->...ij", q, k) * scale
    if mask is not None:
        s = torch.where(mask, s, torch.full_like(s, -torch.inf))
    p = torch.softmax(s, -1).nan_to_num(0.0)
    dp = torch.einsum("...id,...jd->...ij", grad_output, v)
    ds = p * dp - p * torch.einsum("...ij,...ij->...i", p, dp).unsqueeze(-1)
    return (
        (scale * torch.einsum("...ij,...jd->...id", ds, k)).to(dtype),
        (scale * torch.einsum("...ij,...id->...jd", ds, q)).to(dtype),
        torch.einsum("...ij,...id->...jd", p, grad_output).to(dtype),
    )
