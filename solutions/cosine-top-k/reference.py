"""Exact dense retrieval by cosine similarity (as in Sentence-BERT, §3)."""

from torch import Tensor


def cosine_top_k(
    queries: Tensor, documents: Tensor, k: int
) -> tuple[Tensor, Tensor]:
    """The k highest cosines of each query, and whose they are.

    Shapes: (…, d) and (N, d) -> (…, min(k, N)) twice.
    """
    scores = _unit(queries) @ _unit(documents).T  # (…, N)
    values, indices = scores.topk(min(k, scores.size(-1)), dim=-1)
    return values, indices


def _unit(x: Tensor) -> Tensor:
    """Rows of length 1; rows of zeros stay as they are."""
    norm = x.norm(dim=-1, keepdim=True)
    return x / norm.masked_fill(norm == 0, 1.0)
