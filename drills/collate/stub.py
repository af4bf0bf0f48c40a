from torch import Tensor


def collate(
    samples: list[dict[str, list[int]]],
    pad_id: int,
    padding_side: str = "right",
    pad_to_multiple_of: int = 1,
) -> dict[str, Tensor]:
    """One batch: input_ids, attention_mask, labels, position_ids, each (B, T)."""
    raise NotImplementedError
