from collections import deque


def trim(messages, budget, count, summarise=None):
    rest = deque(messages)
    system = []
    while rest and rest[0]["role"] == "system":
        system.append(rest.popleft())
    dropped, summary = [], []
    while sum(count(m) for m in (*system, *summary, *rest)) > budget:
        if not any(m["role"] == "user" for m in list(rest)[1:]):
            raise ValueError(budget)
        dropped.append(rest.popleft())
        while rest[0]["role"] != "user":
            dropped.append(rest.popleft())
        if summarise:
            summary = [{"content": summarise(list(dropped)), "role": "system"}]
    return [*system, *summary, *rest]
