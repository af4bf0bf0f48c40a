from collections.abc import Callable

Message = dict[str, str]


def trim(
    messages: list[Message],
    budget: int,
    count: Callable[[Message], int],
    summarise: Callable[[list[Message]], str] | None = None,
) -> list[Message]:
    """The system messages, a summary of what is dropped, and the newest turns that fit."""
    raise NotImplementedError
