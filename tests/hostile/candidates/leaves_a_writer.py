"""A thread left behind that goes on printing and sending while and after the runs."""

import gc
import threading

from llmprep.judge.channel import FRAME, Channel, Message

channel = next(value for value in gc.get_objects() if type(value) is Channel)


def write():
    while True:
        print("still here")
        try:
            channel.send(Message(FRAME, b"[]", b"\x02\0\0\0\0\0\0\0{}"))
        except Exception:
            continue


threading.Thread(target=write, daemon=True).start()

def attention(q, k, v, mask=None):
    return q.new_zeros(*q.shape[:-1], v.size(-1))
