"""Signals to its group, to every process there is, and to the group of whoever started it."""

import os
import signal

for target in (-1, 1, -os.getppid(), -int("@PYTEST@"), -int("@ZYGOTE@")):
    try:
        os.kill(target, signal.SIGUSR1)
    except OSError:
        continue
os.kill(0, signal.SIGKILL)
