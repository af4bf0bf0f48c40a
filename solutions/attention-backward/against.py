"""What autograd makes of PyTorch's own attention."""

import torch
from torch.nn import functional

COUNTERPART = "torch.nn.functional.scaled_dot_product_attention"


def pairs(implementation, seed):
    """The three gradients, without and with a mask."""
    generator = torch.Generator().manual_seed(seed)
    gradient, q, k, v = (
        torch.randn(2, 3, *size, generator=generator, dtype=torch.float64)
        for size in ((4, 5), (4, 8), (6, 8), (6, 5))
    )
    mask = torch.rand(2, 1, 4, 6, generator=generator) < 0.6
    mask[..., 0] = True  # rows with nothing in them are tested elsewhere
    for place, given in (("no mask", None), ("mask", mask)):
        ours = implementation.attention_backward(gradient, q, k, v, given)
        with torch.enable_grad():
            leaves = [x.clone().requires_grad_(True) for x in (q, k, v)]
            output = functional.scaled_dot_product_attention(*leaves, given)
            theirs = torch.autograd.grad(output, leaves, gradient)
        for name, mine, other in zip("qkv", ours, theirs, strict=True):
            yield f"{place}, gradient of {name}", mine, other
