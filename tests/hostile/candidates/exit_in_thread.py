"""Ends threads and the process from a thread."""

import _thread
import os
import sys
import threading

threading.Thread(target=sys.exit, args=(0,)).start()
_thread.interrupt_main()
threading.Thread(target=os._exit, args=(0,)).start()
while True:
    pass
