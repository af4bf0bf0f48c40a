"""`trim` against a search over all places at which the kept part may begin."""

from __future__ import annotations

import random

import pytest


def count(message: dict[str, str]) -> int:
    return len(message["content"])


def summary(dropped: list[dict[str, str]]) -> str:
    return "s" * (3 + len(dropped) % 3)


def some_conversation(draw: random.Random) -> list[dict[str, str]]:
    roles = ["system"] * draw.randint(0, 2) + draw.choices(
        ["user", "assistant", "tool"], k=draw.randint(0, 12)
    )
    return [{"role": role, "content": "x" * draw.randint(1, 9)} for role in roles]


def by_search(messages, budget, with_summary):
    """All suffixes that begin where a turn may, longest first."""
    head = [m for m in messages if m["role"] == "system"]
    rest = messages[len(head) :]
    for start in range(len(rest) + 1):
        begins_a_turn = start == 0 or (start < len(rest) and rest[start]["role"] == "user")
        if not begins_a_turn:
            continue
        middle = []
        if start and with_summary:
            middle = [{"role": "system", "content": summary(rest[:start])}]
        kept = head + middle + rest[start:]
        if sum(len(m["content"]) for m in kept) <= budget:
            return kept
    return None


@pytest.mark.parametrize("seed", range(60))
@pytest.mark.parametrize("with_summary", [False, True])
def test_equals_a_search(reference, seed, with_summary):
    draw = random.Random(seed)
    messages = some_conversation(draw)
    budget = draw.randint(0, 60)
    trim = reference("conversation-memory").trim
    expected = by_search(messages, budget, with_summary)
    summarise = summary if with_summary else None
    if expected is None:
        with pytest.raises(ValueError, match="newest turn"):
            trim(messages, budget, count, summarise)
    else:
        assert trim(messages, budget, count, summarise) == expected
