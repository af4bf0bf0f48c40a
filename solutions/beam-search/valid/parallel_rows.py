"""Always `beams` rows; rows that are no hypothesis have a total of −∞."""

import torch


def beam_search(step, bos, eos, beams, max_length, length_penalty=1.0):
    tokens = torch.full((beams, 1), bos)
    totals = torch.full((beams,), -torch.inf, dtype=torch.float64)
    totals[0] = 0.0
    done = []

    def finish(rows):
        for row in rows.nonzero().flatten().tolist():
            n = tokens.shape[1] - 1
            done.append(
                (tokens[row].tolist(), float(totals[row]) / n**length_penalty)
            )
        totals[rows] = -torch.inf

    for _ in range(max_length):
        alive = totals.isfinite()
        if not alive.any():
            break
        logs = step(tokens[alive]).double()
        scores = torch.full(
            (beams, logs.shape[1]), -torch.inf, dtype=torch.float64
        )
        scores[alive] = totals[alive].unsqueeze(1) + logs
        flat = scores.view(-1).sort(descending=True)
        order = flat.indices[:beams]
        values = flat.values[:beams]
        missing = beams - len(order)
        parents = torch.cat(
            (order // logs.shape[1], torch.zeros(missing).long())
        )
        new = torch.cat((order % logs.shape[1], torch.zeros(missing).long()))
        totals = torch.cat(
            (values, torch.full((missing,), -torch.inf).double())
        )
        tokens = torch.cat((tokens[parents], new.unsqueeze(1)), 1)
        finish((new == eos) & totals.isfinite())
    finish(totals.isfinite())
    return sorted(done, key=lambda pair: -pair[1])[:beams]
