import math
import tempfile
from pathlib import Path

import torch

with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / "scores.pt"
    torch.save({"scale": 2}, path)
    assert torch.load(path)["scale"] == 2

with tempfile.NamedTemporaryFile("w+") as file:
    file.write("notes")
    file.flush()
    assert Path(file.name).read_text() == "notes"


def attention(q, k, v, mask=None):
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.size(-1))
    if mask is not None:
        scores = scores.masked_fill(~mask, torch.finfo(scores.dtype).min)
    weights = scores.softmax(-1)
    return (weights if mask is None else weights.masked_fill(~mask, 0.0)) @ v
