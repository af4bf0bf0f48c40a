import math

import torch


def get_slopes(n):
    if math.log2(n).is_integer():
        start = 2 ** (-(2 ** -(math.log2(n) - 3)))
        return [start * start**i for i in range(n)]
    closest = 2 ** math.floor(math.log2(n))
    return get_slopes(closest) + get_slopes(2 * closest)[0::2][: n - closest]


def alibi_slopes(num_heads):
    return torch.tensor(get_slopes(num_heads), dtype=torch.float32)


def alibi_bias(num_heads, T_q, T_k):
    relative = torch.arange(T_k)[None, :] - torch.arange(T_k)[:, None]
    bias = alibi_slopes(num_heads)[:, None, None] * relative.float()
    future = torch.full((T_k, T_k), float("-inf")).triu(1)
    return (bias.tril() + future)[:, T_k - T_q :]
