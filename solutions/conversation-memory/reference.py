"""Keeping a conversation within a token budget, turn by turn."""

from collections.abc import Callable, Sequence
from itertools import chain, takewhile

Message = dict[str, str]


def trim(
    messages: Sequence[Message],
    budget: int,
    count: Callable[[Message], int],
    summarise: Callable[[list[Message]], str] | None = None,
) -> list[Message]:
    """The system messages, a summary of what is dropped, the newest turns."""
    system = list(takewhile(lambda m: m["role"] == "system", messages))
    turns = _turns(messages[len(system) :])
    for n in range(max(len(turns), 1)):  # so many are dropped
        dropped, newest = turns[:n], turns[n:]
        kept = [*system, *chain(*newest)]
        if dropped and summarise:
            summary = summarise(list(chain(*dropped)))
            kept.insert(len(system), {"role": "system", "content": summary})
        if sum(map(count, kept)) <= budget:
            return kept
    raise ValueError(f"not even the newest turn fits into {budget} tokens")


def _turns(messages: Sequence[Message]) -> list[list[Message]]:
    """Each user message with all that follows, up to the next one."""
    turns: list[list[Message]] = []
    for message in messages:
        if message["role"] == "user" or not turns:
            turns.append([])
        turns[-1].append(message)
    return turns
