"""Locks the learner out of their own files: modes, owners, times, attributes."""

import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
for path in ("@HOME@", "@HOME@/canary", "@OUTSIDE@", "@OUTSIDE@/canary"):
    name = path.encode()
    for attempt in (
        lambda p=path: os.chmod(p, 0),
        lambda p=path: os.chown(p, 12345, 12345),
        lambda p=path: os.lchown(p, 12345, 12345),
        lambda p=path: os.utime(p, (1, 1)),
        lambda p=path: os.setxattr(p, "user.llmprep", b"here"),
        lambda p=path: os.fchmod(os.open(p, os.O_PATH), 0),
        lambda p=path: os.chmod(f"/proc/self/fd/{os.open(p, os.O_PATH)}", 0),
    ):
        try:
            attempt()
        except OSError:
            continue
    libc.syscall(452, -100, name, 0, 0)
    libc.syscall(268, -100, name, 0)

def attention(q, k, v, mask=None):
    return q.new_zeros(*q.shape[:-1], v.size(-1))
