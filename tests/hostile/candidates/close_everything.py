"""Closes every descriptor and goes on."""

import os

os.closerange(0, 256)
while True:
    pass
