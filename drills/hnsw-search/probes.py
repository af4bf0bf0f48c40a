"""Hidden tests of `hnsw_search`: what is found, and which distances were asked for."""

import torch

from llmprep.judge.probes import Tools, probe


@probe(en="A graph of three layers", zh="三层的图", no_grad=True)
def values(impl, t: Tools):
    points, layers = graph(t, 40, 14, 4)
    return [search(impl, t, points, layers, ef, k) for ef, k in ((4, 3), (7, 7), (10, 2))]


@probe(en="The bottom layer alone", zh="只有底层", no_grad=True)
def bottom(impl, t: Tools):
    points, layers = graph(t, 30)
    return [search(impl, t, points, layers, ef, k) for ef, k in ((1, 1), (2, 1), (5, 3), (12, 12))]


@probe(en="ef far above k, and ef = 1", zh="ef 远大于 k，以及 ef = 1", no_grad=True)
def patience(impl, t: Tools):
    points, layers = graph(t, 40, 9)
    return [search(impl, t, points, layers, ef, 1) for ef in (1, 2, 6, 25)]


@probe(en="Many layers", zh="很多层", no_grad=True)
def many_layers(impl, t: Tools):
    points, layers = graph(t, 36, 24, 16, 10, 5, 1)
    return [search(impl, t, points, layers, 3, 2) for _ in range(3)]


@probe(en="A trap: the way leads past a farther node", zh="陷阱：要先经过更远的节点", no_grad=True)
def detour(impl, t: Tools):
    far = {0: 5.0, 1: 6.0, 2: 6.5, 3: 1.0, 4: 9.0, 5: 0.5, 6: 7.0, 7: 0.2}
    links = {0: [1, 4], 1: [0, 2], 2: [3, 1], 3: [2, 5], 4: [0, 6], 5: [3], 6: [7, 4], 7: [6]}
    return [asked_and_found(impl, far.__getitem__, [links], 0, ef, 1) for ef in (1, 2, 3, 4, 5)]


@probe(en="One-way links, unreachable nodes", zh="单向边，够不到的节点", no_grad=True)
def one_way(impl, t: Tools):
    far = {0: 3.0, 1: 2.0, 2: 1.0, 3: 0.5, 4: 4.0}
    links = {0: [1], 1: [2, 1], 2: [], 3: [2], 4: [0]}
    upper = {0: [], 4: [0]}
    return [
        asked_and_found(impl, far.__getitem__, [links], 0, 5, 5),
        asked_and_found(impl, far.__getitem__, [links, upper], 4, 4, 2),
        asked_and_found(impl, float, [{9: []}, {9: []}], 9, 3, 2),
    ]


@probe(en="Nothing but neighbours is asked", zh="只询问邻居的距离", no_grad=True)
def economy(impl, t: Tools):
    points, layers = graph(t, 60, 20, 5)
    found = search(impl, t, points, layers, 2, 1)
    return [found, len(found["asked"])]


def search(impl, t: Tools, points, layers, ef, k):
    away = (points - t.rand(2)).norm(dim=-1).tolist()
    return asked_and_found(impl, away.__getitem__, layers, t.choice(sorted(layers[-1])), ef, k)


def asked_and_found(impl, away, layers, entry, ef, k):
    """The nodes found, and those whose distance was asked, as often as it was."""
    asked: list[int] = []

    def distance(node):
        asked.append(node)
        return away(node)

    found = list(impl.hnsw_search(distance, layers, entry, ef, k))
    return {"found": found, "asked": sorted(asked)}


def graph(t: Tools, *sizes: int):
    """Points in a square, and layers of their first nodes, each linked to two or three neighbours or more."""
    points = t.rand(sizes[0], 2)
    layers = []
    for size in sizes:
        near = torch.cdist(points[:size], points[:size]).argsort(dim=-1)[:, 1:4].tolist()
        links = {i: near[i][: 2 + i % 2] for i in range(size)}
        for i in range(0, size, 3):
            other = t.integer(0, size)
            if other != i and other not in links[i]:
                links[i].append(other)
        layers.append(links)
    return points, layers
