"""The loop of a ReAct agent (Yao et al. 2022, §2)."""

import re
from collections.abc import Callable

Tool = Callable[[str], str]
ACTION = re.compile(r"Action: (\w+)\[(.*)\]")


def react(
    question: str,
    model: Callable[[str], str],
    tools: dict[str, Tool],
    max_steps: int = 5,
) -> tuple[str | None, str]:
    """(answer, transcript); no answer if the steps do not suffice."""
    transcript = f"Question: {question}\n"
    for _ in range(max_steps):
        reply = _without_observations(model(transcript)).strip()
        transcript += reply + "\n"
        name, argument = _action(reply)
        if name == "Finish":
            return argument, transcript
        observation = _observe(tools, name, argument)
        transcript += f"Observation: {observation}\n"
    return None, transcript


def _without_observations(reply: str) -> str:
    """What comes before the first observation: only the loop makes those."""
    return re.split(r"^Observation:", reply, flags=re.MULTILINE)[0]


def _action(reply: str) -> tuple[str | None, str]:
    """(name, input) of the first action, or (None, "") if it is not valid."""
    for line in reply.split("\n"):
        if line.startswith("Action:"):
            found = ACTION.fullmatch(line)
            return (found[1], found[2]) if found else (None, "")
    return None, ""


def _observe(tools: dict[str, Tool], name: str | None, argument: str) -> str:
    """What the model is told; errors, too, so that it can mend them."""
    if name is None:
        return "Invalid action"
    if name not in tools:
        return f"Unknown tool: {name}"
    try:
        return tools[name](argument)
    except Exception as error:
        return f"Error: {error}"
