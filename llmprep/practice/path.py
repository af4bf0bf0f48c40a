"""The learning path: every drill after those it needs."""

from __future__ import annotations

from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter

from llmprep.content.items import Drill


def learning_path(drills: Mapping[str, Drill], goal: str | None = None) -> list[str]:
    """Ids in an order in which each comes after all it needs, otherwise in their authors' order.

    Args:
        goal: only this drill and what it needs, directly or not.
    """
    wanted = set(drills) if goal is None else _needed(drills, goal)
    sorter: TopologicalSorter[str] = TopologicalSorter(
        {name: [need for need in drills[name].needs if need in wanted] for name in wanted}
    )
    try:
        sorter.prepare()
    except CycleError:  # `content check` names it; a learner is not kept waiting for its authors
        return sorted(wanted, key=lambda name: drills[name].order)
    path: list[str] = []
    ready: list[str] = []
    while sorter.is_active():
        ready += sorter.get_ready()
        following = min(ready, key=lambda name: (drills[name].order, name))
        ready.remove(following)
        path.append(following)
        sorter.done(following)
    return path


def _needed(drills: Mapping[str, Drill], goal: str) -> set[str]:
    found = {goal}
    waiting = [goal]
    while waiting:
        for need in drills[waiting.pop()].needs:
            if need in drills and need not in found:
                found.add(need)
                waiting.append(need)
    return found
