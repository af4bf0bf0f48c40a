"""TCP, UDP, raw and netlink sockets; a name that is looked up."""

import socket
import urllib.request

PORT = int("@PORT@")
for family in (socket.AF_INET, socket.AF_INET6, 16, 17, 38, 40):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW):
        try:
            connection = socket.socket(family, kind)
            connection.settimeout(0.1)
            connection.sendto(b"out", ("127.0.0.1", PORT))
        except (OSError, TypeError):
            pass
        try:
            connection = socket.socket(family, kind)
            connection.settimeout(0.1)
            connection.connect(("127.0.0.1", PORT))
            connection.send(b"out")
        except (OSError, TypeError):
            continue
try:
    urllib.request.urlopen(f"http://127.0.0.1:{PORT}/", timeout=0.1)
except OSError:
    pass

def attention(q, k, v, mask=None):
    return q.new_zeros(*q.shape[:-1], v.size(-1))
