"""Padding a batch (as `DataCollatorForSeq2Seq` of Transformers does it)."""

import torch
from torch import Tensor

IGNORED = -100  # the label that cross_entropy leaves out by default


def collate(
    samples: list[dict[str, list[int]]],
    pad_id: int,
    padding_side: str = "right",
    pad_to_multiple_of: int = 1,
) -> dict[str, Tensor]:
    """One batch of samples of different length, four int64 tensors (B, T).

    Raises ValueError for a sample whose labels have another length.
    """
    longest = max(len(sample["input_ids"]) for sample in samples)
    width = -(-longest // pad_to_multiple_of) * pad_to_multiple_of
    shape = (len(samples), width)
    batch = {
        "input_ids": torch.full(shape, pad_id),
        "attention_mask": torch.full(shape, 0),
        "labels": torch.full(shape, IGNORED),
        "position_ids": torch.full(shape, 0),
    }
    for row, sample in enumerate(samples):
        ids = sample["input_ids"]
        labels = sample.get("labels", ids)
        if len(labels) != len(ids):
            raise ValueError(f"sample {row} has other labels than ids")

        # where tokens stand is known from lengths alone: pad_id may be
        # an ordinary token, most often the end token
        start = width - len(ids) if padding_side == "left" else 0
        tokens = (row, slice(start, start + len(ids)))
        batch["input_ids"][tokens] = torch.tensor(ids, dtype=torch.int64)
        batch["attention_mask"][tokens] = 1
        batch["labels"][tokens] = torch.tensor(labels, dtype=torch.int64)
        batch["position_ids"][tokens] = torch.arange(len(ids))
    return batch
