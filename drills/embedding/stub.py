from torch import Tensor


def embedding(ids: Tensor, weight: Tensor) -> Tensor:
    """ids (...) of int64, weight (V, d) -> (..., d)."""
    raise NotImplementedError


def embedding_backward(
    grad_output: Tensor, ids: Tensor, num_embeddings: int, padding_idx: int | None = None
) -> Tensor:
    """grad_output (..., d), ids (...) -> the gradient of the table (V, d)."""
    raise NotImplementedError


def tied_logits(hidden: Tensor, weight: Tensor) -> Tensor:
    """hidden (..., d), weight (V, d) -> (..., V)."""
    raise NotImplementedError


def tied_backward(
    grad_output: Tensor, ids: Tensor, grad_logits: Tensor, hidden: Tensor, padding_idx: int | None = None
) -> Tensor:
    """grad_output (..., d), ids (...), grad_logits (..., V), hidden (..., d) -> (V, d)."""
    raise NotImplementedError
