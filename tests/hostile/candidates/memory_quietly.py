"""Maps memory below Python, in pieces, and touches all of it."""

import ctypes

libc = ctypes.CDLL(None, use_errno=True)
libc.malloc.restype = ctypes.c_void_p
libc.memset.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_size_t]
while address := libc.malloc(8 << 20):
    libc.memset(address, 1, 8 << 20)
raise MemoryError("malloc gave no more")
