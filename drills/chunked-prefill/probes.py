"""Hidden tests of chunked prefill: decodes, prefills not begun and half done, all budgets."""

import torch

from llmprep.judge.probes import Tools, probe


@probe(en="Random requests", zh="随机请求")
def values(impl, t: Tools):
    return [impl.build_batch(some_requests(t, 7), budget) for budget in (5, 17, 33)]


@probe(en="Every budget", zh="各种预算")
def budgets(impl, t: Tools):
    requests = [request(t, *sizes) for sizes in ((6, 2), (9, 8), (3, 0), (4, 3), (7, 5), (5, 4))]
    return [impl.build_batch(requests, budget) for budget in (0, 1, 2, 3, 4, 6, 7, 8, 9, 11, 12, 40)]


@probe(en="Decodes first", zh="decode 优先")
def decodes_first(impl, t: Tools):
    mixed = [request(t, *sizes) for sizes in ((20, 0), (6, 5), (13, 12), (8, 6), (1, 0), (5, 4))]
    decodes = [request(t, n + 1, n) for n in (3, 9, 0, 5)]
    return [impl.build_batch(mixed, 10), impl.build_batch(decodes, 3), impl.build_batch(decodes, 4)]


@probe(en="Several prefills in one step", zh="一步里有多个 prefill")
def several_prefills(impl, t: Tools):
    requests = [request(t, *sizes) for sizes in ((5, 0), (9, 3), (4, 2), (8, 0))]
    return [impl.build_batch(requests, budget) for budget in (5, 7, 12, 15, 21, 30)]


@probe(en="A prompt, chunk by chunk", zh="一个 prompt 逐块算完")
def chunk_by_chunk(impl, t: Tools):
    tokens = t.randint(0, 99, 13).tolist()
    return [impl.build_batch([(tokens, computed)], 4) for computed in (0, 4, 8, 12, 9)]


@probe(en="Until all is done", zh="直到全部算完")
def run_to_the_end(impl, t: Tools):
    requests = some_requests(t, 5)
    seen = []
    for _ in range(8):
        batch = impl.build_batch([(list(tokens), computed) for tokens, computed in requests], 11)
        seen.append(batch)
        for index, keys in zip(batch["requests"].tolist(), batch["key_lengths"].tolist(), strict=True):
            tokens = requests[index][0]
            requests[index] = (tokens + [keys] * (keys == len(tokens)), keys)
    return seen


@probe(en="Nothing to do", zh="无事可做")
def nothing(impl, t: Tools):
    return [
        impl.build_batch([], 8),
        impl.build_batch([request(t, 3, 1)], 0),
        impl.chunk_mask(torch.tensor([0]), torch.tensor([], dtype=torch.int64)),
    ]


@probe(en="The mask of one request", zh="单个请求的 mask")
def mask_of_one(impl, t: Tools):
    sizes = ((4, 4), (3, 7), (1, 6), (5, 6), (1, 1))
    return [impl.chunk_mask(torch.tensor([0, chunk]), torch.tensor([keys])) for chunk, keys in sizes]


@probe(en="The mask of a mixed batch", zh="混合 batch 的 mask")
def mask_of_many(impl, t: Tools):
    found = []
    for n in (2, 4, 5):
        chunks, past = t.randint(1, 5, n), t.randint(0, 6, n)
        start = torch.cat([torch.zeros(1, dtype=torch.int64), chunks.cumsum(0)])
        found.append(impl.chunk_mask(start, chunks + past))
    return found


@probe(en="The input stays as it is", zh="输入保持原样")
def unchanged(impl, t: Tools):
    requests = some_requests(t, 4)
    before = [(list(tokens), computed) for tokens, computed in requests]
    impl.build_batch(requests, 9)
    start, keys = torch.tensor([0, 2, 3]), torch.tensor([5, 4])
    impl.chunk_mask(start, keys)
    return [requests == before, start, keys]


def request(t: Tools, known: int, computed: int):
    return t.randint(0, 99, known).tolist(), computed


def some_requests(t: Tools, n: int):
    """About half of them decode; the others have begun or not."""
    requests = []
    for _ in range(n):
        known = t.integer(1, 14)
        requests.append(request(t, known, t.choice([known - 1, t.integer(0, known)])))
    return requests
