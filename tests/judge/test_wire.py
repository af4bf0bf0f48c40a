"""Frames: what is packed comes back; what is not exactly as packed is refused."""

from __future__ import annotations

import io
import json
import struct
from typing import Any

import pytest
import torch
from safetensors.torch import save

from llmprep.judge.channel import MAX_BLOB, MAX_STRUCTURE, BadMessage, Channel, Message
from llmprep.judge.runner import Run, RunKey
from llmprep.judge.wire import MalformedFrame, pack, unpack


def run_with(value: Any = None, **fields: Any) -> Run:
    return Run(RunKey("probe", "base"), value, **fields)


def record(**changes: Any) -> dict[str, Any]:
    """One run as JSON, as `pack` writes it, but for `changes`."""
    [plain] = json.loads(pack([run_with(1)])[0])
    return {**plain, **changes}


@pytest.mark.parametrize(
    "value",
    [
        None,
        [1, 2.5, "text", True, None],
        {"a": [torch.ones(2, 3), {"b": torch.zeros(0)}]},
        torch.tensor([float("nan"), float("-inf"), 1.0]),
        torch.randn(3, dtype=torch.bfloat16),
        torch.randn(2, 2, dtype=torch.complex64),
        torch.randn(2, dtype=torch.complex128),
        torch.tensor(True),
        float("inf"),
    ],
)
def test_values_come_back(value):
    [back] = unpack(*pack([run_with(value)]))
    assert str(back.value) == str(value)


def test_everything_else_of_a_run_comes_back():
    sent = run_with(
        problem="exception",
        detail={"type": "ValueError", "message": "no", "line": 3, "locals": {"x": "float32 (2,)"}},
        modules=[{"class": "Net", "parameters": {"w": [[2, 3], True, "w"]}}],
        mutated={"f.0": "x"},
        forbidden=[{"name": "torch.softmax", "line": None}],
        floats=True,
    )
    assert unpack(*pack([sent])) == [sent]


def test_details_that_no_worker_writes_are_dropped():
    [back] = unpack(json.dumps([record(detail={"share": "x", "map": 3, "type": "E"})]).encode(), save({}))
    assert back.detail == {"type": "E"}


@pytest.mark.parametrize(
    "broken",
    [
        {"problem": "timeout"},
        {"problem": 3},
        {"detail": []},
        {"detail": {"line": "x"}},
        {"detail": {"locals": {"x": 3}}},
        {"key": ["probe"]},
        {"key": [1, 2]},
        {"modules": [{"class": "Net", "parameters": {"w": [[2.5], True, "w"]}}]},
        {"modules": [{"class": "Net", "parameters": {"w": [2, True, "w"]}}]},
        {"modules": {}},
        {"mutated": ["x"]},
        {"forbidden": [{"name": "x"}]},
        {"forbidden": [{"name": "x", "line": "y"}]},
        {"value": {"$tensor": "7"}},
        {"value": {"$tensor": []}},
        {"value": 10**40},
        {"value": "x" * 300_000},
        {"value": [0] * 70_000},
    ],
    ids=str,
)
def test_a_record_with_a_field_of_another_kind_is_refused(broken):
    with pytest.raises(MalformedFrame):
        unpack(json.dumps([record(**broken)]).encode(), save({}))


@pytest.mark.parametrize(
    "structure",
    [
        b"",
        b"{",
        b"3",
        b"{}",
        b"[3]",
        b"\xff",
        b"[" * 100_000,
        b'["' + b"9" * 5000 + b'"]',
        b"[1" + b"0" * 5000 + b"]",
    ],
)
def test_bytes_that_are_no_runs_are_refused(structure):
    with pytest.raises(MalformedFrame):
        unpack(structure, save({}))


def lying_blobs() -> list[bytes]:
    header = {"0": {"dtype": "F32", "shape": [1 << 40], "data_offsets": [0, 1 << 42]}}
    text = json.dumps(header).encode()
    honest = save({"0": torch.ones(4)})
    return [
        b"",
        b"\xff" * 64,
        struct.pack("<Q", 1 << 60) + b"{}",
        struct.pack("<Q", len(text)) + text,
        honest[:-4],
        honest + b"\0" * 4,
    ]


@pytest.mark.parametrize("blob", lying_blobs())
def test_tensors_that_lie_about_their_size_are_refused(blob):
    structure = json.dumps([record(value={"$tensor": "0"})]).encode()
    with pytest.raises(MalformedFrame):
        unpack(structure, blob)


def channel_reading(data: bytes) -> Channel:
    return Channel(io.BytesIO(data), io.BytesIO())


def test_a_message_comes_back_and_then_the_end():
    buffer = io.BytesIO()
    Channel(io.BytesIO(), buffer).send(Message(b"F", b"structure", b"blob"))
    channel = channel_reading(buffer.getvalue())
    assert channel.receive() == Message(b"F", b"structure", b"blob")
    assert channel.receive() is None


@pytest.mark.parametrize("lengths", [(MAX_STRUCTURE + 1, 0), (0, MAX_BLOB + 1), (2**32 - 1, 2**32 - 1)])
def test_a_message_that_announces_too_much_is_refused_before_it_is_read(lengths):
    with pytest.raises(BadMessage):
        channel_reading(struct.pack("!cII", b"F", *lengths)).receive()


def test_a_message_that_ends_too_early_is_refused():
    with pytest.raises(BadMessage):
        channel_reading(struct.pack("!cII", b"F", 10, 0) + b"short").receive()
