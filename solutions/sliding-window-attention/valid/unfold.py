import torch
import torch.nn.functional as F


def sliding_window_mask(T_q, T_k, window):
    ones = torch.ones(T_q, T_k, dtype=torch.bool)
    return ones.tril(T_k - T_q) & ones.triu(T_k - T_q - window + 1)


def sliding_window_attention(q, k, v, window):
    """Every query gets a window of its own, w keys with zeros before them."""
    T = q.shape[-2]
    window = min(window, T)
    keys = F.pad(k, (0, 0, window - 1, 0)).unfold(-2, window, 1)
    values = F.pad(v, (0, 0, window - 1, 0)).unfold(-2, window, 1)
    scores = (q.unsqueeze(-2) @ keys).squeeze(-2) * q.shape[-1] ** -0.5
    back = torch.arange(window - 1, -1, -1)  # how long ago
    real = back <= torch.arange(T)[:, None]
    weights = scores.masked_fill(~real, float("-inf")).softmax(-1)
    return (values @ weights.unsqueeze(-1)).squeeze(-1)
