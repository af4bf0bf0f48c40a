"""`react` against an interpreter that reads character by character, on random scripts."""

from __future__ import annotations

import random

import pytest

LINES = [
    "Thought: hm",
    "Action: up[a]",
    "Action: up[b] c]",
    "Action: up[b",
    "Action: gone[x]",
    "Action: boom[y]",
    "Action:up[z]",
    "Observation: made up",
    "Action: Finish[42]",
    "",
]


def boom(text: str) -> str:
    raise ValueError(text)


TOOLS = {"up": str.upper, "boom": boom}


def expected(script: list[str], steps: int):
    transcript = ["Question: q"]
    for reply in script[:steps]:
        lines = reply.split("\n")
        kept = lines[
            : next((i for i, line in enumerate(lines) if line.startswith("Observation:")), len(lines))
        ]
        transcript.append("\n".join(kept).strip())
        action = next((line for line in transcript[-1].split("\n") if line.startswith("Action:")), "")
        name, text = read(action)
        if name == "Finish":
            return text, "\n".join(transcript) + "\n"
        results = {"up": text.upper(), "boom": f"Error: {text}", "": "Invalid action"}
        transcript.append("Observation: " + results.get(name, f"Unknown tool: {name}"))
    return None, "\n".join(transcript) + "\n"


def read(action: str) -> tuple[str, str]:
    rest = list(action)
    if "".join(rest[:8]) != "Action: " or rest[-1] != "]":
        return "", ""
    rest, name = rest[8:-1], ""
    while rest and (rest[0].isalnum() or rest[0] == "_"):
        name += rest.pop(0)
    return (name, "".join(rest[1:])) if name and rest and rest[0] == "[" else ("", "")


@pytest.mark.parametrize("seed", range(80))
def test_equals_an_interpreter(reference, seed):
    draw = random.Random(seed)
    weights = [3, 3, 3, 2, 2, 2, 1, 1, 1, 1]
    script = ["\n".join(draw.choices(LINES, weights, k=draw.randint(1, 4))) for _ in range(6)]
    replies = iter(script)
    steps = draw.randint(0, 6)
    assert reference("react-loop").react("q", lambda _: next(replies), TOOLS, steps) == expected(
        script, steps
    )
