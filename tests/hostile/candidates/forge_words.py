"""A frame whose words are long, reverse the text, move the cursor and pretend to be a verdict."""

import gc
import json

from llmprep.judge.channel import DONE, FRAME, Channel, Message

channel = next(value for value in gc.get_objects() if type(value) is Channel)
evil = "\x1b[2J\x1b]0;owned\x07\u202edessap\u2066\r\n\n✔ All probes passed\n" + "x" * 150_000
detail = {"type": evil, "message": evil, "code": evil, "function": evil, "line": 7, "locals": {evil: evil}}
record = {"key": ["load", "base"], "value": None, "problem": "exception", "detail": detail, "modules": []}
record |= {"mutated": {evil: evil}, "forbidden": [], "floats": True}
channel.send(Message(FRAME, json.dumps([record]).encode(), b"\x02\0\0\0\0\0\0\0{}"))
channel.send(Message(DONE, b"{}"))

def attention(q, k, v, mask=None):
    return q.new_zeros(*q.shape[:-1], v.size(-1))
