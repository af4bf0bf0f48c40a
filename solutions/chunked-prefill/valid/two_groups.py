import torch


def build_batch(requests, budget):
    decodes, prefills = [], []
    for i, (tokens, computed) in enumerate(requests):
        (decodes if computed == len(tokens) - 1 else prefills).append(i)
    parts = []
    for i in decodes + prefills:
        tokens, computed = requests[i]
        rest = torch.tensor(tokens, dtype=torch.long)[computed:][:budget]
        if len(rest):
            parts.append((i, rest, computed))
            budget -= len(rest)
    sizes = torch.tensor([len(rest) for _, rest, _ in parts], dtype=torch.long)
    past = torch.tensor(
        [computed for _, _, computed in parts], dtype=torch.long
    )
    chosen = torch.tensor([i for i, _, _ in parts], dtype=torch.long)
    known = torch.tensor(
        [len(requests[i][0]) for i, _, _ in parts], dtype=torch.long
    )
    ends = sizes.cumsum(0)
    nothing = torch.zeros(0, dtype=torch.long)
    return {
        "query_start": torch.nn.functional.pad(ends, (1, 0)),
        "sample": ends[past + sizes == known] - 1,
        "key_lengths": past + sizes,
        "positions": torch.arange(int(sizes.sum()))
        + (past - ends + sizes).repeat_interleave(sizes),
        "input_ids": torch.cat([nothing, *[rest for _, rest, _ in parts]]),
        "requests": chosen,
    }


def chunk_mask(query_start, key_lengths):
    blocks = []
    for n, keys in zip(
        query_start.diff().tolist(), key_lengths.tolist(), strict=True
    ):
        blocks.append(torch.ones(n, keys).tril(keys - n))
    if not blocks:
        return torch.zeros(0, 0, dtype=torch.bool)
    return torch.block_diag(*blocks).bool()
