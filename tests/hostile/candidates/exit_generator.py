"""Leaves the probe through GeneratorExit and StopIteration."""

count = [0]


def attention(q, k, v, mask=None):
    count[0] += 1
    raise (GeneratorExit, StopIteration, StopAsyncIteration)[count[0] % 3]
