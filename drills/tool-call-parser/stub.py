from typing import Any

Call = tuple[str | None, Any]
"""(name, arguments), or (None, the raw string) of a call that is not valid."""


class ToolCallParser:
    """Splits a stream into text and tool calls."""

    def __init__(self):
        raise NotImplementedError

    def feed(self, piece: str) -> tuple[str, list[Call]]:
        """The text that is certain now, and the calls that are complete now."""
        raise NotImplementedError

    def finish(self) -> tuple[str, list[Call]]:
        """What is left at the end of the stream."""
        raise NotImplementedError
