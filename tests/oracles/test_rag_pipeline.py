"""`answer` against each step by brute force over tables."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
import torch


def places(scores: list[float], n: int) -> dict[int, int]:
    """Chunk -> its rank, counted as one more than those before it."""
    ranks = {}
    for i, own in enumerate(scores):
        before = sum(other > own or (other == own and j < i) for j, other in enumerate(scores))
        if own > 0 and before < n:
            ranks[i] = before + 1
    return ranks


def context(chunks, vector, question, per_list, budget):
    dense = [float(torch.nn.functional.cosine_similarity(vector, c["vector"], dim=0)) for c in chunks]
    sparse = [len(set(question.split()) & set(c["text"].split())) for c in chunks]
    score = {}
    for ranks in (places(dense, per_list), places(sparse, per_list)):
        for i, rank in ranks.items():
            score[i] = score.get(i, 0) + Fraction(1, 60 + rank)
    used: list[int] = []
    for i in sorted(score, key=lambda i: (-score[i], i)):
        lines = [f"[{n}] {chunks[j]['text']}" for n, j in enumerate([*used, i], start=1)]
        fits = sum(len(line.split()) for line in lines) <= budget
        if fits and chunks[i]["text"] not in [chunks[j]["text"] for j in used]:
            used.append(i)
    return used


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize(("per_list", "budget"), [(3, 12), (8, 30), (20, 200)])
def test_equals_brute_force(reference, seed, per_list, budget):
    draw = random.Random(seed)
    generator = torch.Generator().manual_seed(seed)
    words = ["red", "green", "blue", "black", "white"]
    chunks = [
        {"id": f"c{i}", "text": " ".join(draw.choices(words, k=draw.randint(1, 4))), "vector": v * (i + 1)}
        for i, v in enumerate(torch.randn(15, 5, generator=generator, dtype=torch.float64))
    ]
    vector, question, prompts = chunks[4]["vector"] + 0.1, "red blue pink", []

    def generate(prompt):
        prompts.append(prompt)
        return "[2] [1] [2] [77]"

    found = reference("rag-pipeline").answer(
        question,
        chunks,
        lambda text: vector,
        lambda q, text: len(set(q.split()) & set(text.split())),
        generate,
        lambda text: len(text.split()),
        per_list,
        budget,
    )
    used = context(chunks, vector, question, per_list, budget)
    lines = [f"[{n}] {chunks[i]['text']}" for n, i in enumerate(used, start=1)]
    assert prompts == ["\n".join(lines) + "\n\nQuestion: red blue pink"]
    assert found["citations"] == [chunks[used[n - 1]]["id"] for n in (2, 1) if n <= len(used)]
