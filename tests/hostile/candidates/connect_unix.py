"""Connects to named sockets: streams, datagrams, and from a pair that was connected before."""

import socket

STREAM, DATAGRAM, ABSTRACT = "@STREAM@", "@DATAGRAM@", "\0@ABSTRACT@"


def pair(kind, address):
    ours, theirs = socket.socketpair(socket.AF_UNIX, kind)
    try:
        ours.sendto(b"out", address)
    except OSError:
        ours.connect(address)
        ours.send(b"out")


def fresh(kind, address):
    connection = socket.socket(socket.AF_UNIX, kind)
    connection.connect(address)
    connection.send(b"out")


for kind, address in ((1, STREAM), (2, DATAGRAM), (1, ABSTRACT), (2, ABSTRACT), (3, DATAGRAM), (5, STREAM)):
    for attempt in (fresh, pair):
        try:
            attempt(kind, address)
        except OSError:
            continue

def attention(q, k, v, mask=None):
    return q.new_zeros(*q.shape[:-1], v.size(-1))
