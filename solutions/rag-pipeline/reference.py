"""A retrieval-augmented answer with citations (after Lewis et al. 2020, §2)."""

import re
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from torch import Tensor, cosine_similarity

Chunk = dict[str, Any]
RRF_CONSTANT = 60


def answer(
    question: str,
    chunks: list[Chunk],
    embed: Callable[[str], Tensor],
    keyword_score: Callable[[str, str], float],
    generate: Callable[[str], str],
    count: Callable[[str], int],
    per_list: int = 5,
    budget: int = 100,
) -> dict[str, Any]:
    """Retrieve twice, fuse, pack a context, ask, and name the sources."""
    vector = embed(question)
    dense = [
        float(cosine_similarity(vector, chunk["vector"], dim=0))
        for chunk in chunks
    ]
    sparse = [keyword_score(question, chunk["text"]) for chunk in chunks]
    order = _fuse([_ranking(dense, per_list), _ranking(sparse, per_list)])
    used, lines = _pack([chunks[number] for number in order], count, budget)
    if not lines:
        return {"answer": None, "citations": []}
    reply = generate("\n".join(lines) + "\n\nQuestion: " + question)
    return {"answer": reply, "citations": _citations(reply, used)}


def _ranking(scores: list[float], n: int) -> list[int]:
    """Numbers of at most n chunks with a positive score, best first."""
    positive = [number for number, score in enumerate(scores) if score > 0]
    return sorted(positive, key=lambda number: -scores[number])[:n]


def _fuse(rankings: list[list[int]]) -> list[int]:
    """The numbers in any of the rankings, by reciprocal rank."""
    fused: defaultdict[int, float] = defaultdict(float)
    for ranking in rankings:
        for rank, number in enumerate(ranking, start=1):
            fused[number] += 1 / (RRF_CONSTANT + rank)
    return sorted(fused, key=lambda number: (-fused[number], number))


def _pack(
    chunks: list[Chunk], count: Callable[[str], int], budget: int
) -> tuple[list[Chunk], list[str]]:
    """The chunks that fit into the budget, and their numbered lines."""
    used: list[Chunk] = []
    lines: list[str] = []
    texts: set[str] = set()
    for chunk in chunks:
        line = f"[{len(used) + 1}] {chunk['text']}"
        if chunk["text"] in texts or count(line) > budget:
            continue
        texts.add(chunk["text"])
        budget -= count(line)
        used.append(chunk)
        lines.append(line)
    return used, lines


def _citations(reply: str, used: list[Chunk]) -> list[str]:
    """Ids of the chunks that a reply cites as [n], in order, each once."""
    numbers = [int(number) for number in re.findall(r"\[(\d+)\]", reply)]
    cited = [used[n - 1]["id"] for n in numbers if 1 <= n <= len(used)]
    return list(dict.fromkeys(cited))
