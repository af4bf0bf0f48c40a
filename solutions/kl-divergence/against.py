"""PyTorch's own, which takes log Q first and P second."""

import torch
from torch.nn import functional

COUNTERPART = "torch.nn.functional.kl_div"


def pairs(implementation, seed):
    """The sum, the mean per item of the batch, and one by one."""
    generator = torch.Generator().manual_seed(seed)
    p, q = (
        torch.randn(4, 3, 6, generator=generator, dtype=torch.float64)
        for _ in range(2)
    )
    log_p, log_q = p.log_softmax(-1), q.log_softmax(-1)
    for reduction in ("sum", "batchmean", "none"):
        theirs = functional.kl_div(
            log_q, log_p, reduction=reduction, log_target=True
        )
        ours = implementation.kl_divergence(p, q, reduction)
        yield (
            f'reduction="{reduction}"',
            ours,
            theirs.sum(-1) if reduction == "none" else theirs,
        )
