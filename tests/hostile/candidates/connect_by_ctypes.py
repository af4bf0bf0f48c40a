"""Sockets through libc: another call number, io_uring, sendmsg on a pair of datagrams."""

import ctypes
import socket
import struct

libc = ctypes.CDLL(None, use_errno=True)
address = struct.pack("=H", 1) + b"@DATAGRAM@" + b"\0"
for domain in (1, 2, 10, 16):
    descriptor = libc.socket(domain, 2, 0)
    libc.sendto(descriptor, b"out", 3, 0, address, len(address))
pair = (ctypes.c_int * 2)()
for kind in (2, 2 | 0o2000000, 3, 5):
    if libc.socketpair(1, kind, 0, pair) == 0:
        libc.sendto(pair[0], b"out", 3, 0, address, len(address))
        libc.connect(pair[1], address, len(address))
        libc.send(pair[1], b"out", 3, 0)
if libc.syscall(425, 8, ctypes.create_string_buffer(256)) >= 0:
    socket.create_connection(("127.0.0.1", int("@PORT@")))

def attention(q, k, v, mask=None):
    return q.new_zeros(*q.shape[:-1], v.size(-1))
