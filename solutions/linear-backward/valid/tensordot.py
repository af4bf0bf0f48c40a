import torch


def linear_forward(x, weight, bias=None):
    y = torch.tensordot(x, weight, dims=([x.dim() - 1], [1]))
    return y if bias is None else bias + y


def linear_backward(grad_output, x, weight):
    leading = list(range(x.dim() - 1))
    grad_weight = torch.tensordot(grad_output, x, dims=(leading, leading))
    grad_bias = grad_output.sum(leading) if leading else grad_output.clone()
    return (
        torch.tensordot(grad_output, weight, dims=([-1], [0])),
        grad_weight,
        grad_bias,
    )
