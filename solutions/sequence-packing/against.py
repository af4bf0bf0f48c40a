"""DataCollatorWithFlattening of Transformers: all samples of one row."""

import random

import torch

COUNTERPART = "transformers.DataCollatorWithFlattening"


def pairs(implementation, seed):
    """The row before its padding; the library has none, and counts from 0."""
    from transformers import DataCollatorWithFlattening

    draw = random.Random(seed)
    library = DataCollatorWithFlattening(return_seq_idx=True)
    names = {
        "input_ids": "input_ids",
        "position_ids": "position_ids",
        "labels": "labels",
        "segment_ids": "seq_idx",
    }
    for case in range(4):
        lengths = [draw.randint(1, 9) for _ in range(draw.randint(2, 6))]
        samples = [draw.choices(range(30), k=length) for length in lengths]
        ours = implementation.pack(samples, sum(lengths) + 3, 7)
        theirs = library([{"input_ids": sample} for sample in samples])
        for name, other in names.items():
            row = ours[name][:, : sum(lengths)].double()
            expected = torch.as_tensor(theirs[other], dtype=torch.float64)
            first = 1 if name == "segment_ids" else 0
            yield f"case {case}, {name}", row - first, expected
