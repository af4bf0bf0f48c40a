"""Python lists and heapq; the model is asked once per round."""

import heapq

import torch


def beam_search(step, bos, eos, beams, max_length, length_penalty=1.0):
    live, done = [((bos,), 0.0)], []
    while live and max_length:
        max_length -= 1
        table = step(torch.tensor([tokens for tokens, _ in live])).tolist()
        pool = (
            (total + gain, (*tokens, token))
            for (tokens, total), row in zip(live, table, strict=True)
            for token, gain in enumerate(row)
            if gain > float("-inf")
        )
        live = []
        for total, tokens in heapq.nlargest(beams, pool):
            if tokens[-1] == eos or not max_length:
                n = len(tokens) - 1
                done.append((list(tokens), total / n**length_penalty))
            else:
                live.append((tokens, total))
    return heapq.nlargest(beams, done, key=lambda pair: pair[1])
