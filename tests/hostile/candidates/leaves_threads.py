"""Threads that are no daemons, timers, and one that swallows everything."""

import threading
import time


def stay():
    while True:
        try:
            time.sleep(60)
        except BaseException:
            continue


for _ in range(20):
    threading.Thread(target=stay).start()
    threading.Timer(0.01, stay).start()

def attention(q, k, v, mask=None):
    return q.new_zeros(*q.shape[:-1], v.size(-1))
