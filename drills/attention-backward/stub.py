from torch import Tensor


def attention_backward(
    grad_output: Tensor, q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None = None
) -> tuple[Tensor, Tensor, Tensor]:
    """grad_output (..., T_q, d_v), q (..., T_q, d_k), k (..., T_k, d_k), v (..., T_k, d_v) -> as q, k, v."""
    raise NotImplementedError
