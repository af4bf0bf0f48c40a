"""An embedding table used at both ends (Press & Wolf 2016, §2)."""

from torch import Tensor


def embedding(ids: Tensor, weight: Tensor) -> Tensor:
    """Look up rows.

    Shapes: ids (...), weight (V, d) -> (..., d).

    Raises:
        IndexError: if an id has no row.
    """
    if (ids < 0).any():
        # would count from the end; one that is too large raises by itself
        raise IndexError("an id is negative, the table has no such row")
    return weight[ids]


def embedding_backward(
    grad_output: Tensor,
    ids: Tensor,
    num_embeddings: int,
    padding_idx: int | None = None,
) -> Tensor:
    """Gradient of the table: each row collects from where it was used.

    Shapes: grad_output (..., d), ids (...) -> (num_embeddings, d).
    """
    width = grad_output.size(-1)
    rows = grad_output.reshape(-1, width)  # (N, d)
    table = grad_output.new_zeros(num_embeddings, width)  # (V, d)
    # adds for every occurrence; table[ids] = rows would keep only the last
    table.index_add_(0, ids.reshape(-1), rows)
    if padding_idx is not None:
        table[padding_idx] = 0.0
    return table


def tied_logits(hidden: Tensor, weight: Tensor) -> Tensor:
    """Score every token by its row. Shapes: (..., d), (V, d) -> (..., V)."""
    return hidden @ weight.T


def tied_backward(
    grad_output: Tensor,
    ids: Tensor,
    grad_logits: Tensor,
    hidden: Tensor,
    padding_idx: int | None = None,
) -> Tensor:
    """Gradient of a table that is both input embedding and output layer.

    Shapes: grad_output (..., d), ids (...), grad_logits (..., V),
    hidden (..., d) -> (V, d).
    """
    vocabulary, width = grad_logits.size(-1), hidden.size(-1)
    lookup = embedding_backward(grad_output, ids, vocabulary, padding_idx)
    scores = grad_logits.reshape(-1, vocabulary)  # (N, V)
    # used twice, so the two gradients add; the output part touches all rows
    return lookup + scores.T @ hidden.reshape(-1, width)
