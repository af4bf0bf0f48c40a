from collections.abc import Callable

Tool = Callable[[str], str]


def react(
    question: str, model: Callable[[str], str], tools: dict[str, Tool], max_steps: int = 5
) -> tuple[str | None, str]:
    """(answer or None, transcript)"""
    raise NotImplementedError
