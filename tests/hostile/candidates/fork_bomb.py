"""A hundred processes that stay: fork, vfork, spawn, clone, clone3."""

import ctypes
import multiprocessing
import os
import subprocess
import sys
import time

libc = ctypes.CDLL(None, use_errno=True)
for _ in range(100):
    try:
        if os.fork() == 0:
            time.sleep(60)
    except OSError:
        pass
    if libc.syscall(56, 17, 0, 0, 0, 0) == 0 or libc.syscall(435, b"\0" * 64, 64) == 0 or libc.vfork() == 0:
        time.sleep(60)
for attempt in (
    lambda: subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]),
    lambda: os.posix_spawn(sys.executable, [sys.executable, "-c", "import time; time.sleep(60)"], {}),
    lambda: os.execv("/bin/sh", ["/bin/sh", "-c", "touch @OUTSIDE@/executed"]),
    lambda: os.system("touch @OUTSIDE@/executed"),
    lambda: multiprocessing.get_context("fork").Process(target=lambda: None).start(),
):
    try:
        attempt()
    except OSError:
        continue

def attention(q, k, v, mask=None):
    return q.new_zeros(*q.shape[:-1], v.size(-1))
