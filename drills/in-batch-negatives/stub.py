from torch import Tensor


def info_nce(
    queries: Tensor,
    positives: Tensor,
    temperature: float = 0.05,
    negatives: Tensor | None = None,
    symmetric: bool = False,
) -> Tensor:
    """queries, positives (B, d), hard negatives (M, d) -> a scalar."""
    raise NotImplementedError
