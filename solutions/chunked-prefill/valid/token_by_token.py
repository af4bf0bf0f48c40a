import torch


def build_batch(requests, budget):
    rows = []
    for decode in (True, False):
        for i, (tokens, computed) in enumerate(requests):
            if (len(tokens) - computed == 1) == decode:
                rows += [(i, p) for p in range(computed, len(tokens))]
    rows = rows[:budget]
    chosen = list(dict.fromkeys(i for i, _ in rows))
    counts = [sum(i == j for j, _ in rows) for i in chosen]
    starts = [sum(counts[:n]) for n in range(len(counts) + 1)]
    batch = {
        "requests": chosen,
        "input_ids": [requests[i][0][p] for i, p in rows],
        "positions": [p for _, p in rows],
        "query_start": starts,
        "key_lengths": [1 + max(p for j, p in rows if i == j) for i in chosen],
        "sample": [
            n for n, (i, p) in enumerate(rows) if p + 1 == len(requests[i][0])
        ],
    }
    return {k: torch.tensor(v).long() for k, v in batch.items()}


def chunk_mask(query_start, key_lengths):
    n, k = int(query_start[-1]), int(key_lengths.sum())
    mask = torch.zeros(n, k, dtype=torch.bool)
    first_key = 0
    for b, keys in enumerate(key_lengths.tolist()):
        for row in range(int(query_start[b]), int(query_start[b + 1])):
            seen = keys - (int(query_start[b + 1]) - 1 - row)
            mask[row, first_key : first_key + seen] = True
        first_key += keys
    return mask
