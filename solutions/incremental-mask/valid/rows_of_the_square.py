import torch


def causal_mask(query_length, key_length, key_mask=None):
    """The last rows of the mask of the whole sequence."""
    if query_length > key_length:
        raise ValueError("the queries are the newest of the keys")
    shape = (key_length, key_length)
    blocked = torch.full(shape, 1.0).triu(diagonal=1)[-query_length:] > 0
    if key_mask is None:
        return ~blocked
    padding = torch.logical_not(key_mask).view(len(key_mask), 1, 1, key_length)
    return ~(blocked.view(1, 1, query_length, key_length) | padding)


def query_positions(key_mask, query_length):
    numbers = torch.where(key_mask.bool(), key_mask, 0).long()
    before = torch.nn.functional.pad(numbers.cumsum(1), (1, 0))[:, :-1]
    return torch.narrow(
        before * numbers, 1, key_mask.shape[1] - query_length, query_length
    )
