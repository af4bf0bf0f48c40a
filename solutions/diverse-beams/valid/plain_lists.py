import torch


def diverse_beam_search(step, bos, beams, groups, length, strength):
    size, rest = divmod(beams, groups)
    if rest or not size:
        raise ValueError("groups must divide beams")
    alive = [[([bos], 0.0)] for _ in range(groups)]
    for _ in range(length):
        # one call of the model for all groups
        rows = [tokens for group in alive for tokens, _ in group]
        table = iter(step(torch.tensor(rows)).double().tolist())
        chosen = {}
        for g, group in enumerate(alive):
            options = [
                (total + p, [*tokens, v])
                for tokens, total in group
                for v, p in enumerate(next(table))
            ]
            options.sort(
                key=lambda o: strength * chosen.get(o[1][-1], 0) - o[0]
            )
            alive[g] = [(tokens, total) for total, tokens in options[:size]]
            for tokens, _ in alive[g]:
                chosen[tokens[-1]] = chosen.get(tokens[-1], 0) + 1
    return [sorted(group, key=lambda h: -h[1]) for group in alive]
