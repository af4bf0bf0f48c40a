"""Announces four gigabytes."""

import os
import struct

for descriptor in range(3, 64):
    try:
        os.write(descriptor, struct.pack("!cII", b"F", 0xFFFFFFFF, 0xFFFFFFFF))
    except OSError:
        continue
while True:
    pass
