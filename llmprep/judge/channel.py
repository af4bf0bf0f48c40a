"""Messages between the judge's processes: one letter, a JSON part, a binary part; lengths first."""

from __future__ import annotations

import struct
import threading
from dataclasses import dataclass
from typing import IO

_HEAD = struct.Struct("!cII")
MAX_STRUCTURE = 8 << 20
MAX_BLOB = 128 << 20

PREPARE = b"P"
REQUEST = b"Q"
STARTED = b"S"
WHERE = b"W"
PRINTED = b"T"
FRAME = b"F"
DONE = b"D"
VERDICT = b"V"
EXPERIMENT = b"E"
DIAGNOSIS = b"N"
FAILED = b"X"


class BadMessage(Exception):  # noqa: N818 - it is about the bytes, not the program
    """Bytes that are no message, or one larger than any honest one."""


@dataclass(frozen=True)
class Message:
    """`kind` is one of the letters above; `structure` is JSON, `blob` is whatever the kind carries."""

    kind: bytes
    structure: bytes = b""
    blob: bytes = b""


class Channel:
    """A pair of binary streams that carries messages."""

    def __init__(self, reader: IO[bytes], writer: IO[bytes]):
        self._reader = reader
        self._writer = writer
        self._sending = threading.Lock()  # a candidate's thread may print while a frame goes out

    def send(self, message: Message) -> None:
        """Write one message; raises OSError when the other side is gone."""
        head = _HEAD.pack(message.kind, len(message.structure), len(message.blob))
        with self._sending:
            self._writer.write(head + message.structure)
            if message.blob:
                self._writer.write(message.blob)
            self._writer.flush()

    def receive(self) -> Message | None:
        """The next message, or None at the end of the stream.

        Raises:
            BadMessage: the lengths announced are larger than allowed, or the stream ends inside a message.
        """
        head = self._exactly(_HEAD.size)
        if head is None:
            return None
        kind, structure_length, blob_length = _HEAD.unpack(head)
        if structure_length > MAX_STRUCTURE or blob_length > MAX_BLOB:
            raise BadMessage("a message larger than allowed")
        structure, blob = self._exactly(structure_length), self._exactly(blob_length)
        if structure is None or blob is None:
            raise BadMessage("a message that ends too early")
        return Message(kind, structure, blob)

    def close(self) -> None:
        """Close both directions."""
        for stream in (self._writer, self._reader):
            try:
                stream.close()
            except OSError:
                continue

    def _exactly(self, length: int) -> bytes | None:
        if length == 0:
            return b""
        try:
            data = self._reader.read(length)
        except (OSError, ValueError):
            return None
        return data if data is not None and len(data) == length else None
