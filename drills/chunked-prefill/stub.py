from torch import Tensor


def build_batch(requests: list[tuple[list[int], int]], budget: int) -> dict[str, Tensor]:
    """Decodes first, then chunks of prefills, at most `budget` tokens."""
    raise NotImplementedError


def chunk_mask(query_start: Tensor, key_lengths: Tensor) -> Tensor:
    """[B+1], [B] -> [N, sum of key_lengths] bool, True where a token may attend."""
    raise NotImplementedError
