import torch


def padding_mask(lengths, T):
    return torch.tensor(
        [[[j < n for j in range(T)]] for n in lengths.tolist()],
        device=lengths.device,
    )


def causal_mask(T_q, T_k):
    past = T_k - T_q
    return torch.tensor(
        [[j <= i + past for j in range(T_k)] for i in range(T_q)]
    )


def combined_mask(lengths, T_q, T_k):
    mask = causal_mask(T_q, T_k).repeat(len(lengths), 1, 1).to(lengths.device)
    for rows, n in zip(mask, lengths, strict=True):
        rows[:, n:] = False
    return mask
