import torch


def padding_mask(lengths, T):
    mask = torch.zeros(
        lengths.shape[0], T + 1, dtype=torch.int64, device=lengths.device
    )
    mask.scatter_(1, lengths.long().view(-1, 1), 1)
    return mask.cumsum(1)[:, None, :T] == 0


def causal_mask(T_q, T_k):
    square = ~torch.triu(torch.ones(T_k, T_k, dtype=torch.bool), diagonal=1)
    return square[T_k - T_q :]


def combined_mask(lengths, T_q, T_k):
    mask = padding_mask(lengths, T_k).expand(-1, T_q, -1)
    return mask.masked_fill(~causal_mask(T_q, T_k).to(mask.device), False)
