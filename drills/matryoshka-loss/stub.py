from collections.abc import Callable, Sequence

from torch import Tensor


def matryoshka_loss(
    loss_fn: Callable[[Tensor, Tensor], Tensor],
    u: Tensor,
    v: Tensor,
    dims: Sequence[int],
    weights: Sequence[float] | None = None,
) -> Tensor:
    """u, v (B, d), prefix lengths, their weights -> a scalar."""
    raise NotImplementedError
