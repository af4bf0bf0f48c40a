import math
import threading
from concurrent.futures import ThreadPoolExecutor

import torch

lock = threading.Lock()
calls = 0


def attention(q, k, v, mask=None):
    global calls
    with ThreadPoolExecutor(max_workers=2) as pool:
        scores = pool.submit(lambda: q @ k.transpose(-2, -1) / math.sqrt(q.size(-1))).result()

    def count():
        global calls
        with lock:
            calls += 1

    thread = threading.Thread(target=count)
    thread.start()
    thread.join()
    if mask is not None:
        scores = scores.masked_fill(~mask, torch.finfo(scores.dtype).min)
    weights = scores.softmax(-1)
    return (weights if mask is None else weights.masked_fill(~mask, 0.0)) @ v
