"""`Scheduler` against the longest prefix of the line that the limits allow, and its invariants."""

from __future__ import annotations

import random

import pytest


def by_search(limits, requests):
    """Batches of a scheduler that tries all prefixes of one line of requests, those who run in front."""
    places, budget, kv = limits
    line = [[name, prompt, new] for name, prompt, new in requests]  # known and left change
    running, seen = 0, []
    while line:

        def allowed(n, running=running, line=line):
            known = [request[1] for request in line[:n]]
            work = min(n, running) + sum(known[running:])
            return n <= places and sum(known) <= kv and work <= budget

        stay = max(n for n in range(running + 1) if allowed(n))
        n, running = stay, stay
        while n < len(line) and allowed(n + 1, running):
            n += 1
        seen.append([(name, 1 if i < running else known) for i, (name, known, _) in enumerate(line[:n])])
        for request in line[:n]:
            request[1] += 1
            request[2] -= 1
        running = sum(request[2] > 0 for request in line[:n])
        line = [request for request in line if request[2] > 0]
    return seen


def some_requests(draw: random.Random, most: int):
    sizes = [(draw.randint(1, most // 2), draw.randint(1, most // 2)) for _ in range(draw.randint(1, 12))]
    return [(f"r{n}", prompt, new) for n, (prompt, new) in enumerate(sizes)]


@pytest.mark.parametrize("seed", range(60))
def test_equals_a_search_and_loses_nothing(reference, seed):
    draw = random.Random(seed)
    limits = draw.randint(1, 6), draw.randint(16, 40), draw.randint(16, 50)
    requests = some_requests(draw, 16)
    scheduler = reference("continuous-batching").Scheduler(*limits)
    for request in requests:
        scheduler.add(*request)
    seen = []
    while batch := scheduler.step():
        seen.append(batch)
    assert seen == by_search(limits, requests)
    places, budget, _ = limits
    assert all(len(batch) <= places and sum(work for _, work in batch) <= budget for batch in seen)
    for name, _, new in requests:
        assert sum(entry[0] == name for batch in seen for entry in batch) == new


def test_what_can_outgrow_the_server_is_refused(reference):
    scheduler = reference("continuous-batching").Scheduler(2, 10, 12)
    scheduler.add("fits", 4, 7)
    with pytest.raises(ValueError, match="outgrow"):
        scheduler.add("does not", 5, 7)
