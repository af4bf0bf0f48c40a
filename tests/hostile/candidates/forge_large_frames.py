"""Frames as large as allowed, each of which takes the referee as long as can be."""

import gc

from llmprep.judge.channel import FRAME, Channel, Message

channel = next(value for value in gc.get_objects() if type(value) is Channel)
body = b"[" + b"{}," * 2_700_000 + b"{}]"
while True:
    channel.send(Message(FRAME, body, b"\x02\0\0\0\0\0\0\0{}"))
