"""Hypotheses as objects that know their parent; tokens are read off at the end."""

from dataclasses import dataclass

import torch


@dataclass
class Node:
    token: int
    total: float
    length: int
    parent: "Node | None" = None

    def tokens(self):
        return [*(self.parent.tokens() if self.parent else []), self.token]


def beam_search(step, bos, eos, beams, max_length, length_penalty=1.0):
    def score(node):
        return node.total * node.length**-length_penalty

    beam, finished = [Node(bos, 0.0, 0)], []
    for _ in range(max_length):
        logs = step(torch.stack([torch.tensor(n.tokens()) for n in beam]))
        children = [
            Node(v, n.total + float(logs[i, v]), n.length + 1, n)
            for i, n in enumerate(beam)
            for v in range(logs.size(1))
            if not torch.isinf(logs[i, v])
        ]
        children.sort(key=lambda n: n.total, reverse=True)
        kept = children[:beams]
        beam = [n for n in kept if n.token != eos]
        finished += [n for n in kept if n.token == eos]
        if not beam:
            break
    ranked = sorted(finished + beam, key=score, reverse=True)
    return [(n.tokens(), score(n)) for n in ranked[:beams]]
