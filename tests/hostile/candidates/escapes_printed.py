"""Prints what moves the cursor, renames the window, reverses text and rings the bell."""

import sys

for text in ("\x1b[2J\x1b[H", "\x1b]0;owned\x07", "\x9b31m", "\u202eyssap", "\b" * 80, "\r✔ passed", "\x1b]52;c;b3duZWQ=\x07"):
    print(text)
    print(text, file=sys.stderr)
    sys.__stdout__.write(text)
    sys.stdout.buffer.write(text.encode() + b"\xff\xfe\x80")

def attention(q, k, v, mask=None):
    return q.new_zeros(*q.shape[:-1], v.size(-1))
