"""A streaming parser of tool calls in the format of Hermes and Qwen."""

import json
from typing import Any

OPEN, CLOSE = "<tool_call>", "</tool_call>"
Call = tuple[str | None, Any]


class ToolCallParser:
    """Reads one character at a time, so it does not matter how it is fed."""

    def __init__(self) -> None:
        self._inside = False
        self._buffer = ""  # outside: a beginning of OPEN; inside: the call
        self._in_string = False
        self._escaped = False

    def feed(self, piece: str) -> tuple[str, list[Call]]:
        """The text that is certain now, and the calls complete now."""
        text, calls = "", []
        for character in piece:
            self._buffer += character
            if not self._inside:
                text += self._release()
            elif self._closed(character):
                calls.append(_read(self._buffer.removesuffix(CLOSE)))
                self._inside, self._buffer = False, ""
        return text, calls

    def finish(self) -> tuple[str, list[Call]]:
        """What is left at the end of the stream."""
        if self._inside:
            return "", [(None, self._buffer)]
        return self._buffer, []

    def _release(self) -> str:
        """Cut off what can no longer belong to an opening tag."""
        start = 0
        while not OPEN.startswith(self._buffer[start:]):
            start += 1
        text, self._buffer = self._buffer[:start], self._buffer[start:]
        if self._buffer == OPEN:
            self._inside, self._buffer = True, ""
        return text

    def _closed(self, character: str) -> bool:
        """Follow the strings of the JSON; does its closing tag end here?"""
        if self._escaped:
            self._escaped = False
        elif self._in_string and character == "\\":
            self._escaped = True
        elif character == '"':
            self._in_string = not self._in_string
        return not self._in_string and self._buffer.endswith(CLOSE)


def _read(raw: str) -> Call:
    """(name, arguments), or (None, raw) where it is not valid."""
    try:
        call = json.loads(raw)
    except ValueError:
        return None, raw
    if not isinstance(call, dict):
        return None, raw
    name, arguments = call.get("name"), call.get("arguments")
    if isinstance(name, str) and isinstance(arguments, dict):
        return name, arguments
    return None, raw
