"""Changes everything global that there is, so that the next run sees another world."""

import gc
import os
import random
import sys
import tempfile
import warnings

import torch

torch.set_default_dtype(torch.float64)
torch.set_grad_enabled(False)
torch.set_num_threads(64)
torch._C._set_deterministic_algorithms(True)
torch.set_flush_denormal(True)
torch.autograd.set_detect_anomaly(True)
random.seed(1)
gc.disable()
gc.freeze()
os.chdir(tempfile.gettempdir())
os.umask(0o777)
os.environ.update(PYTHONPATH=".", LD_PRELOAD="x.so")
sys.setrecursionlimit(100)
sys.setswitchinterval(100)
sys.path.clear()
sys.meta_path.clear()
sys.modules.pop("json")
sys.stdout = sys.stderr = None
warnings.simplefilter("error")
sys.excepthook = sys.unraisablehook = None

def attention(q, k, v, mask=None):
    return q.new_zeros(*q.shape[:-1], v.size(-1))
