"""`ToolCallParser` against a parse of the whole stream at once."""

from __future__ import annotations

import json
import random

import pytest

OPEN, CLOSE = "<tool_call>", "</tool_call>"


def at_once(stream: str):
    """Text and calls of a stream whose calls are all valid JSON, by json's own decoder."""
    text, calls = "", []
    while OPEN in stream:
        before, stream = stream.split(OPEN, 1)
        text += before
        call, end = json.JSONDecoder().raw_decode(stream.lstrip())
        stream = stream.lstrip()[end:].lstrip()
        assert stream.startswith(CLOSE)
        stream = stream[len(CLOSE) :]
        calls.append((call["name"], call["arguments"]))
    return text + stream, calls


def some_stream(draw: random.Random) -> str:
    parts = []
    for _ in range(draw.randint(1, 5)):
        parts.append(
            "".join(draw.choices(["a", "<", "<tool", "_call", ">", "\n", "中", "</tool_call>"], k=4))
        )
        value = "".join(draw.choices(['"', "\\", "x", CLOSE, OPEN, "{", "}", "\n", "🙂"], k=5))
        body = json.dumps({"name": "f", "arguments": {value: [value, 1]}}, ensure_ascii=draw.random() < 0.5)
        parts.append(f"{OPEN}{draw.choice(['', ' '])}{body}\n{CLOSE}")
    parts.append(draw.choice(["", "end", "<tool_"]))
    return "".join(parts).replace("<tool" * 2, "<tool")


@pytest.mark.parametrize("seed", range(60))
def test_pieces_add_up_to_the_whole(reference, seed):
    draw = random.Random(seed)
    stream = some_stream(draw)
    parser, text, calls, place = reference("tool-call-parser").ToolCallParser(), "", [], 0
    while place < len(stream):
        length = draw.randint(0, 6)
        new_text, new_calls = parser.feed(stream[place : place + length])
        text, calls, place = text + new_text, calls + new_calls, place + length
    new_text, new_calls = parser.finish()
    assert (text + new_text, calls + new_calls) == at_once(stream)


@pytest.mark.parametrize("seed", range(20))
def test_no_more_is_held_back_than_could_be_a_tag(reference, seed):
    draw = random.Random(seed)
    parser, shown, fed = reference("tool-call-parser").ToolCallParser(), "", ""
    for _ in range(60):
        character = draw.choice("<tool_x")
        fed += character
        shown += parser.feed(character)[0]
        held = fed[len(shown) :]
        assert fed.startswith(shown) and OPEN.startswith(held)
        assert not any(OPEN.startswith(fed[i:]) for i in range(len(shown)))
