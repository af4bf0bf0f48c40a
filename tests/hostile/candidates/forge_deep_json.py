"""Frames nested so deeply that reading them overflows the stack."""

import gc

from llmprep.judge.channel import DONE, FRAME, STARTED, Channel, Message

channel = next(value for value in gc.get_objects() if type(value) is Channel)
deep = b"[" * (1 << 20)
channel.send(Message(STARTED, b"[" * 900))
channel.send(Message(FRAME, deep, b"\x02\0\0\0\0\0\0\0{}"))
channel.send(Message(FRAME, b'{"a":' * 200_000 + b"1" + b"}" * 200_000, b"\x02\0\0\0\0\0\0\0{}"))
channel.send(Message(DONE, b"[" * 900))

def attention(q, k, v, mask=None):
    return q.new_zeros(*q.shape[:-1], v.size(-1))
