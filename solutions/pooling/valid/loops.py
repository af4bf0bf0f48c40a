import torch


def pool(hidden, attention_mask, mode):
    pick = {
        "cls": lambda rows: rows[0],
        "last": lambda rows: rows[-1],
        "mean": lambda rows: rows.mean(0),
        "max": lambda rows: rows.max(0)[0],
    }
    try:
        function = pick[mode]
    except KeyError as error:
        raise ValueError(f"no such mode: {mode}") from error
    out = []
    for vectors, keep in zip(hidden, attention_mask):
        rows = vectors[keep == 1]
        out.append(
            function(rows) if len(rows) else torch.zeros_like(vectors[0])
        )
    return torch.stack(out)
