"""Memory that is not in its address space: System V segments, memory files, pipes; it would outlive the process."""

import ctypes

libc = ctypes.CDLL(None, use_errno=True)
libc.shmat.restype = ctypes.c_void_p
libc.memset.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_size_t]
libc.shmdt.argtypes = [ctypes.c_void_p]
for _ in range(4):
    segment = libc.shmget(0, 1 << 20, 0o1600)
    if segment >= 0:
        address = libc.shmat(segment, None, 0)
        libc.memset(address, 1, 1 << 20)
        libc.shmdt(address)
    libc.semget(0, 1, 0o1600)
    libc.msgget(0, 0o1600)
libc.mq_open(b"/llmprep-canary", 0o102, 0o600, None)
libc.shm_open(b"/llmprep-canary", 0o102, 0o600)
descriptor = libc.memfd_create(b"canary", 0)
if descriptor >= 0:
    raise SystemExit("a memory file could be made")

def attention(q, k, v, mask=None):
    return q.new_zeros(*q.shape[:-1], v.size(-1))
