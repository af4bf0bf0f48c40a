"""Reads the referee's memory through the kernel: process_vm_readv, ptrace, pidfd_getfd, kcmp."""

import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
buffer = ctypes.create_string_buffer(4096)


class Vector(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]


local = Vector(ctypes.addressof(buffer), 4096)
remote = Vector(id(local), 4096)
for pid in (int("@REFEREE@"), int("@ZYGOTE@"), int("@PYTEST@"), os.getppid()):
    if libc.process_vm_readv(pid, ctypes.byref(local), 1, ctypes.byref(remote), 1, 0) >= 0:
        raise SystemExit("the memory of another process can be read")
    if libc.ptrace(16, pid, 0, 0) >= 0:
        raise SystemExit("another process can be traced")
    descriptor = libc.syscall(434, pid, 0)
    if descriptor >= 0 and any(libc.syscall(438, descriptor, number, 0) >= 0 for number in range(16)):
        raise SystemExit("another process's descriptors can be taken")

def attention(q, k, v, mask=None):
    return q.new_zeros(*q.shape[:-1], v.size(-1))
