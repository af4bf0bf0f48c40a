"""Runs marshalled code, native code in memory, and a compiler that there is not."""

import ctypes
import marshal
import mmap

page = None
try:
    page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(b"\x0f\x0b")
except (OSError, ValueError):
    pass
exec(marshal.loads(marshal.dumps(compile("attention = None", "marshalled", "exec"))), globals())


def attention(q, k, v, mask=None):
    address = ctypes.addressof(ctypes.c_char.from_buffer(page))
    return ctypes.CFUNCTYPE(ctypes.c_int)(address)()
