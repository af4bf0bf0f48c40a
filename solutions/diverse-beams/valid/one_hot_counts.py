import torch
from torch.nn.functional import one_hot


def diverse_beam_search(step, bos, beams, groups, length, strength):
    if beams % groups != 0:
        raise ValueError
    state = {
        g: (torch.full((1, 1), bos), torch.zeros(1)) for g in range(groups)
    }
    for _ in range(length):
        taken = []
        for g, (prefix, total) in list(state.items()):
            log_p = step(prefix)
            n, V = log_p.shape
            penalty = torch.zeros(V)
            for tokens in taken:
                penalty = penalty + strength * one_hot(tokens, V).sum(0)
            candidates = total.view(n, 1) + log_p
            order = torch.argsort(
                (candidates - penalty).reshape(-1), descending=True
            )
            order = order[: beams // groups]
            row = torch.div(order, V, rounding_mode="floor")
            token = order - row * V
            state[g] = (
                torch.hstack([prefix[row], token[:, None]]),
                candidates[row, token],
            )
            taken.append(token)
    result = []
    for prefix, total in state.values():
        order = total.argsort(descending=True)
        result.append([(prefix[i].tolist(), float(total[i])) for i in order])
    return result
