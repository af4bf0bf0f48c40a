import torch


def alibi_slopes(num_heads):
    p = 1
    while 2 * p <= num_heads:
        p *= 2
    slopes = [0.5 ** (8 * k / p) for k in range(1, p + 1)]
    k = 1
    while len(slopes) < num_heads:
        slopes.append(0.5 ** (8 * k / (2 * p)))
        k += 2
    return torch.tensor(slopes)


def alibi_bias(num_heads, T_q, T_k):
    slopes = alibi_slopes(num_heads)
    bias = torch.empty(num_heads, T_q, T_k)
    for i in range(T_q):
        for j in range(T_k):
            d = i + T_k - T_q - j
            bias[:, i, j] = -slopes * d if d >= 0 else float("-inf")
    return bias
