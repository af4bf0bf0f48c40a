"""As many threads as there can be, each with the smallest stack."""

import _thread
import threading

threading.stack_size(32 << 10)
gate = _thread.allocate_lock()
gate.acquire()
try:
    while True:
        _thread.start_new_thread(gate.acquire, ())
except RuntimeError:
    pass
while True:
    pass
