import torch


def causal_mask(query_length, key_length, key_mask=None):
    if not query_length <= key_length:
        raise ValueError(f"{query_length} > {key_length}")
    past = key_length - query_length
    rows = [
        [True] * (past + i + 1) + [False] * (query_length - i - 1)
        for i in range(query_length)
    ]
    mask = torch.tensor(rows)
    if key_mask is None:
        return mask
    return torch.stack(
        [torch.stack([row.bool() & line for line in mask]) for row in key_mask]
    ).unsqueeze(1)


def query_positions(key_mask, query_length):
    result = []
    for row in key_mask.tolist():
        seen, places = 0, []
        for real in row:
            places.append(seen if real else 0)
            seen += int(real)
        result.append(places[len(row) - query_length :])
    return torch.tensor(result)
