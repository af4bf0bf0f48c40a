"""Reads the events out of a progress.db that SQLite refuses, page by page and without its help.

Because events are only ever added, every version of every page tells the truth as far as it can be read:
the intact leaf pages of the file and of its write-ahead log are collected, whatever happened to the header,
to the tree above them or to the pages beside them. What is read: https://www.sqlite.org/fileformat2.html
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from llmprep.memory.records import Event
from llmprep.memory.rows import EVENT_COLUMNS, event_of

_COLUMNS = EVENT_COLUMNS.count(",") + 1
_USUAL_PAGE_SIZE = 4096
_TABLE_LEAF = 0x0D
_NUMBER_BYTES = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8, 7: 8}  # serial type -> size


def readable_events(path: Path) -> list[Event]:
    """Every event of the database at `path` that is whole, in the order of the log; raises OSError."""
    file = path.read_bytes()
    log_path = path.with_name(f"{path.name}-wal")
    log = log_path.read_bytes() if log_path.exists() else b""
    page_size = _page_size(file)
    pages = {number: file[start : start + page_size] for number, start in _places(len(file), page_size)}
    newer = list(_committed_pages(log, page_size))
    latest = {**pages, **dict(newer)}
    events: dict[int, Event] = {}
    for _, page in [*pages.items(), *newer]:
        for row in _rows(page, latest):
            try:
                event = event_of(row)
            except (ValueError, TypeError, RecursionError):
                continue
            events[event.id] = event
    # a merge writes events anew behind the last: where both places can be read, the later one holds
    unique = {event.uuid: event for _, event in sorted(events.items())}
    return sorted(unique.values(), key=lambda event: event.id)


def _page_size(file: bytes) -> int:
    size = int.from_bytes(file[16:18], "big")
    size = 65536 if size == 1 else size
    intact = file.startswith(b"SQLite format 3\0") and size >= 512 and size & (size - 1) == 0
    return size if intact else _USUAL_PAGE_SIZE


def _places(length: int, page_size: int) -> Iterator[tuple[int, int]]:
    """(page number, offset) of every whole page."""
    return ((start // page_size + 1, start) for start in range(0, length - page_size + 1, page_size))


def _committed_pages(log: bytes, page_size: int) -> Iterator[tuple[int, bytes]]:
    """(page number, page) of the frames of a write-ahead log, up to the last commit, oldest first."""
    if log[:3] != b"\x37\x7f\x06":
        return
    salts, waiting = log[16:24], []
    for start in range(32, len(log) - page_size - 23, page_size + 24):
        header = log[start : start + 24]
        if header[8:16] != salts:  # left over from before the log was last restarted
            return
        waiting.append((int.from_bytes(header[:4], "big"), log[start + 24 : start + 24 + page_size]))
        if header[4:8] != b"\0\0\0\0":
            yield from waiting
            waiting = []


def _rows(page: bytes, pages: dict[int, bytes]) -> Iterator[tuple[Any, ...]]:
    """The rows of a table leaf that could be events: as many columns, and readable."""
    if page[0] != _TABLE_LEAF:
        return
    count = int.from_bytes(page[3:5], "big")
    for index in range(min(count, len(page) // 4)):
        place = 8 + 2 * index
        try:
            row = _row(page, int.from_bytes(page[place : place + 2], "big"), pages)
        except (IndexError, KeyError, ValueError):
            continue
        if row is not None:
            yield row


def _row(page: bytes, place: int, pages: dict[int, bytes]) -> tuple[Any, ...] | None:
    size, place = _varint(page, place)
    number, place = _varint(page, place)
    record = _record(page, place, size, pages)
    header_size, place = _varint(record, 0)
    types = []
    while place < header_size:
        serial_type, place = _varint(record, place)
        types.append(serial_type)
    if len(types) < _COLUMNS or place != header_size:
        return None
    values = []
    for serial_type in types[:_COLUMNS]:
        value, place = _value(record, place, serial_type)
        values.append(value)
    return (number, *values[1:])  # the first column is the row's own number, stored as NULL


def _record(page: bytes, place: int, size: int, pages: dict[int, bytes]) -> bytes:
    """The bytes of a record, whose end may lie on a chain of overflow pages."""
    usable = len(page)
    if size > usable * len(pages):  # damage must not make us follow a circle of pages
        raise ValueError(f"a record of {size} bytes")
    local = size
    if size > usable - 35:
        least = (usable - 12) * 32 // 255 - 23
        local = least + (size - least) % (usable - 4)
        local = local if local <= usable - 35 else least
    record = page[place : place + local]
    following = int.from_bytes(page[place + local : place + local + 4], "big")
    while len(record) < size:
        overflow = pages[following]
        record += overflow[4 : 4 + size - len(record)]
        following = int.from_bytes(overflow[:4], "big")
    return record


def _value(record: bytes, place: int, serial_type: int) -> tuple[Any, int]:
    if serial_type == 0:
        return None, place
    if serial_type in (8, 9):
        return serial_type - 8, place
    if serial_type in (10, 11):
        raise ValueError(f"serial type {serial_type}")
    end = place + (_NUMBER_BYTES[serial_type] if serial_type < 12 else (serial_type - 12) // 2)
    if end > len(record):
        raise ValueError("the record ends too soon")
    content = record[place:end]
    if serial_type == 7:
        import struct

        return struct.unpack(">d", content)[0], end
    if serial_type < 7:
        return int.from_bytes(content, "big", signed=True), end
    return (content.decode("utf-8") if serial_type % 2 else content), end


def _varint(data: bytes, place: int) -> tuple[int, int]:
    """A big-endian integer of 7 bits a byte, and the place after it; the ninth byte has 8."""
    value = 0
    for index in range(8):
        byte = data[place + index]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, place + index + 1
    return value << 8 | data[place + 8], place + 9
