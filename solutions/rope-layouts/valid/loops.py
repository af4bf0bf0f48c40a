import torch


def turn(x, positions, base, pair):
    d = x.shape[-1]
    p = positions.to(torch.promote_types(x.dtype, torch.float32))
    columns = [None] * d
    for i in range(d // 2):
        phi = p * base ** (-2 * i / d)
        a, b = pair(i)
        columns[a] = x[..., a] * phi.cos() - x[..., b] * phi.sin()
        columns[b] = x[..., a] * phi.sin() + x[..., b] * phi.cos()
    return torch.stack(columns, dim=-1).to(x.dtype)


def rope_interleaved(x, positions, base=10000.0):
    return turn(x, positions, base, lambda i: (2 * i, 2 * i + 1))


def rope_half_split(x, positions, base=10000.0):
    half = x.shape[-1] // 2
    return turn(x, positions, base, lambda i: (i, i + half))


def rows(weight, num_heads):
    d = len(weight) // num_heads
    for head in range(num_heads):
        for i in range(d // 2):
            yield head * d + 2 * i, head * d + i
            yield head * d + 2 * i + 1, head * d + i + d // 2


def interleaved_to_half_split(weight, num_heads):
    source = [0] * len(weight)
    for interleaved, half in rows(weight, num_heads):
        source[half] = interleaved
    return weight[source]


def half_split_to_interleaved(weight, num_heads):
    source = [0] * len(weight)
    for interleaved, half in rows(weight, num_heads):
        source[interleaved] = half
    return weight[source]
