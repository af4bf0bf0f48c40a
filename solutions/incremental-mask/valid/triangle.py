import torch


def causal_mask(query_length, key_length, key_mask=None):
    past = key_length - query_length
    if past < 0:
        raise ValueError("more queries than keys")
    mask = torch.ones(query_length, key_length, dtype=torch.bool).tril(past)
    if key_mask is not None:
        mask = mask.to(key_mask.device) * (key_mask != 0)[:, None, None]
    return mask


def query_positions(key_mask, query_length):
    positions = key_mask.long().cumsum(-1) - 1
    positions[key_mask == 0] = 0
    return positions[:, -query_length:]
