import contextlib
import math
import time
from contextlib import contextmanager

import torch


@contextmanager
def timed(what):
    began = time.perf_counter()
    try:
        yield
    finally:
        print(f"{what}: {time.perf_counter() - began:.6f} s")


def attention(q, k, v, mask=None):
    with timed("attention"), contextlib.ExitStack() as stack:
        stack.enter_context(contextlib.nullcontext())
        scores = q @ k.transpose(-2, -1) / math.sqrt(q.size(-1))
        if mask is not None:
            with torch.no_grad():
                blocked = ~mask
            scores = scores.masked_fill(blocked, torch.finfo(scores.dtype).min)
        weights = scores.softmax(-1)
        return (weights if mask is None else weights.masked_fill(blocked, 0.0)) @ v
