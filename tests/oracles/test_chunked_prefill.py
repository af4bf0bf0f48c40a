"""Chunks run step by step with a cache, against attention over each whole prompt at once."""

from __future__ import annotations

import random

import pytest
import torch
from torch.nn.functional import scaled_dot_product_attention


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("budget", [1, 3, 8, 50])
def test_chunks_give_what_the_whole_gives(reference, seed, budget):
    module, draw = reference("chunked-prefill"), random.Random(seed)
    torch.manual_seed(seed)
    embedding = torch.randn(50, 3, 6, dtype=torch.float64)  # query, key, value of each token
    position = torch.randn(20, 3, 6, dtype=torch.float64)
    prompts = [[draw.randrange(50) for _ in range(draw.randint(1, 15))] for _ in range(5)]

    def projected(ids, positions):
        return (embedding[ids] * position[positions]).unbind(1)

    caches = [[torch.empty(0, 6).double(), torch.empty(0, 6).double()] for _ in prompts]
    computed, outputs, sampled = [0] * len(prompts), [[] for _ in prompts], []
    while any(n < len(prompt) for n, prompt in zip(computed, prompts, strict=True)):
        todo = [i for i, prompt in enumerate(prompts) if computed[i] < len(prompt)]
        batch = module.build_batch([(prompts[i], computed[i]) for i in todo], budget)
        assert 0 < len(batch["input_ids"]) <= budget
        query, key, value = projected(batch["input_ids"], batch["positions"])
        owners = [todo[i] for i in batch["requests"].tolist()]
        starts = batch["query_start"].tolist()
        for owner, begin, end in zip(owners, starts[:-1], starts[1:], strict=True):
            caches[owner][0] = torch.cat([caches[owner][0], key[begin:end]])
            caches[owner][1] = torch.cat([caches[owner][1], value[begin:end]])
        keys, values = (torch.cat([caches[owner][part] for owner in owners]) for part in (0, 1))
        mask = module.chunk_mask(batch["query_start"], batch["key_lengths"])
        out = scaled_dot_product_attention(query, keys, values, attn_mask=mask)
        for owner, begin, end in zip(owners, starts[:-1], starts[1:], strict=True):
            outputs[owner].append(out[begin:end])
            computed[owner] += end - begin
            if end - 1 in batch["sample"].tolist():
                sampled.append(owner)
    assert sorted(sampled) == list(range(len(prompts)))
    for prompt, parts in zip(prompts, outputs, strict=True):
        query, key, value = projected(torch.tensor(prompt), torch.arange(len(prompt)))
        whole = scaled_dot_product_attention(query, key, value, is_causal=True)
        torch.testing.assert_close(torch.cat(parts), whole)
