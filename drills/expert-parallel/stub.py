from torch import Tensor


def expert_parallel(
    x: Tensor, experts: Tensor, gates: Tensor, weight_in: Tensor, weight_out: Tensor
) -> Tensor:
    """Own tokens x (T, d), experts and gates (T, k), own experts' weights (e, f, d), (e, d, f) -> (T, d)."""
    raise NotImplementedError
