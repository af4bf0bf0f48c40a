"""Asks the kernel not to end it with its parent, leaves its session, and sleeps."""

import ctypes
import os
import time

libc = ctypes.CDLL(None, use_errno=True)
libc.prctl(1, 0, 0, 0, 0)
for attempt in (os.setsid, lambda: os.setpgid(0, 0), lambda: os.setpgid(0, os.getppid())):
    try:
        attempt()
    except OSError:
        continue
while True:
    time.sleep(60)
