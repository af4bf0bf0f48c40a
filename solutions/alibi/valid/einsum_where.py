import torch


def alibi_slopes(num_heads):
    p = 1 << (num_heads.bit_length() - 1)
    exponents = [8 * k / p for k in range(1, p + 1)]
    exponents += [4 * (2 * k + 1) / p for k in range(num_heads - p)]
    return torch.exp2(-torch.tensor(exponents))


def alibi_bias(num_heads, T_q, T_k):
    distance = (torch.arange(T_q)[:, None] + (T_k - T_q)).sub(torch.arange(T_k))
    visible = distance >= 0
    bias = torch.einsum("h,qk->hqk", alibi_slopes(num_heads), -distance.float())
    return torch.where(visible, bias, torch.tensor(-torch.inf))
