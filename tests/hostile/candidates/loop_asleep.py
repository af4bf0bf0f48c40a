"""Waits for a line of input, then for ever."""

import sys
import time

sys.stdin.read()
time.sleep(1e9)
