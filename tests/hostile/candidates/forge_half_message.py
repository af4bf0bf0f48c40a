"""Announces a message, sends half of it, and closes the channel."""

import os
import struct

for descriptor in range(3, 64):
    try:
        os.write(descriptor, struct.pack("!cII", b"F", 1000, 1000) + b"[" * 500)
    except OSError:
        pass
os.closerange(0, 128)
while True:
    pass
