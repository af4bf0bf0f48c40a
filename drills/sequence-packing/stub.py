from torch import Tensor


def pack(samples: list[list[int]], max_length: int, pad_id: int) -> dict[str, Tensor]:
    """input_ids, position_ids, segment_ids and labels, each (N, max_length)."""
    raise NotImplementedError


def packing_mask(segment_ids: Tensor) -> Tensor:
    """(N, L) -> bool (N, L, L), True where a query may see a key."""
    raise NotImplementedError
