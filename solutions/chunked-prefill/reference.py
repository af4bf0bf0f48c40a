"""Chunked prefill: decodes and pieces of prompts in one batch.

Agrawal et al. (2024), Sarathi-Serve, section 4.
"""

import torch
from torch import Tensor


def build_batch(
    requests: list[tuple[list[int], int]], budget: int
) -> dict[str, Tensor]:
    """Decodes first, then chunks of prefills, at most `budget` tokens."""
    left = [len(tokens) - computed for tokens, computed in requests]
    input_ids: list[int] = []
    positions: list[int] = []
    chosen, query_start, key_lengths, sample = [], [0], [], []
    for index in sorted(range(len(requests)), key=lambda i: left[i] > 1):
        chunk = min(left[index], budget - len(input_ids))
        if chunk == 0:
            continue
        tokens, computed = requests[index]
        end = computed + chunk
        input_ids += tokens[computed:end]
        positions += range(computed, end)
        chosen.append(index)
        query_start.append(len(input_ids))
        key_lengths.append(end)
        if chunk == left[index]:  # otherwise the next token is known already
            sample.append(len(input_ids) - 1)
    batch = {
        "requests": chosen,
        "input_ids": input_ids,
        "positions": positions,
        "query_start": query_start,
        "key_lengths": key_lengths,
        "sample": sample,
    }
    return {
        name: torch.tensor(values, dtype=torch.int64)
        for name, values in batch.items()
    }


def chunk_mask(query_start: Tensor, key_lengths: Tensor) -> Tensor:
    """[B+1], [B] -> [N, sum of key_lengths] bool, True where allowed."""
    query_owner, offsets = _rows(query_start.diff())  # [N], [N]
    key_owner, key_positions = _rows(key_lengths)  # [K], [K]
    past = key_lengths - query_start.diff()  # [B], keys of earlier steps
    query_positions = past[query_owner] + offsets  # [N]
    same_request = query_owner[:, None] == key_owner  # [N, K]
    return same_request & (key_positions <= query_positions[:, None])


def _rows(lengths: Tensor) -> tuple[Tensor, Tensor]:
    """[B] -> for each packed row, its request and its place in it."""
    owner = torch.arange(len(lengths)).repeat_interleave(lengths)
    start = lengths.cumsum(0) - lengths
    return owner, torch.arange(len(owner)) - start[owner]
