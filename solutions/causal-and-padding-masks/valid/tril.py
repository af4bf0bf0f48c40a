import torch


def padding_mask(lengths, T):
    return torch.lt(
        torch.arange(T, device=lengths.device).expand(len(lengths), T),
        lengths.unsqueeze(-1),
    ).unsqueeze(1)


def causal_mask(T_q, T_k):
    return torch.ones(T_q, T_k).tril(diagonal=T_k - T_q).bool()


def combined_mask(lengths, T_q, T_k):
    return torch.logical_and(
        causal_mask(T_q, T_k).to(lengths.device), padding_mask(lengths, T_k)
    )
