"""Hidden tests of `PrefixCache`: ids of blocks and hits, which tell what is known and what was forgotten."""

from llmprep.judge.probes import Tools, probe


@probe(en="Random traffic", zh="随机请求")
def values(impl, t: Tools):
    return [traffic(impl, t, 9, 2, 40), traffic(impl, t, 12, 3, 40)]


@probe(en="The same beginning", zh="开头相同")
def beginnings(impl, t: Tools):
    cache = impl.PrefixCache(20, 3)
    prompts = (
        [1, 2, 3, 4, 5, 6, 7, 8],
        [1, 2, 3, 4, 5, 6, 7, 9, 9],
        [1, 2, 3, 4, 5, 9, 7],
        [2, 2, 3, 4, 5, 6, 7, 8],
    )
    return [plain(cache.allocate(list(prompt))) for prompt in prompts]


@probe(en="Prompts that are known whole", zh="整个 prompt 都已知")
def known_whole(impl, t: Tools):
    cache = impl.PrefixCache(30, 4)
    prompt = list(range(13))
    seen = [plain(cache.allocate(prompt[:12]))]
    return seen + [plain(cache.allocate(prompt[:n])) for n in (12, 13, 9, 8, 7, 5, 4, 3, 1)]


@probe(en="The same block elsewhere", zh="同样的块出现在别处")
def same_block_elsewhere(impl, t: Tools):
    cache = impl.PrefixCache(30, 2)
    prompts = (
        [5, 6, 7, 8, 1],
        [7, 8, 5, 6, 1],
        [5, 6, 5, 6, 5, 6, 5],
        [7, 8, 7, 8, 1],
        [9, 9, 7, 8, 1],
        [5, 6, 9, 9, 7, 8, 1],
    )
    return [plain(cache.allocate(list(prompt))) for prompt in prompts * 2]


@probe(en="Tokens that look alike in writing", zh="写出来相似的 token")
def alike(impl, t: Tools):
    cache = impl.PrefixCache(40, 2)
    prompts = (
        [1, 23, 5],
        [12, 3, 5],
        [2, 1, 5],
        [1, 2, 5],
        [3, 0, 5],
        [1, 1, 5, 4, 9],
        [5, 4, 1, 1, 9],
        [0, 0, 1, 2, 9],
    )
    return [plain(cache.allocate(list(prompt))) for prompt in prompts + prompts[:3]]


@probe(en="Salts", zh="salt")
def salts(impl, t: Tools):
    cache = impl.PrefixCache(30, 2)
    prompt = [1, 2, 3, 4, 5, 6, 7]
    seen = [plain(cache.allocate(prompt, *salt)) for salt in ((), ("a",), ("a",), ("b",), ("",), ("b",))]
    return seen + [plain(cache.allocate([5, 6, 7], salt)) for salt in ("", "1234", "a")]


@probe(en="Released and found again", zh="释放之后再找回")
def found_again(impl, t: Tools):
    cache = impl.PrefixCache(8, 2)
    first, second = [1, 2, 3, 4, 5], [1, 2, 3, 9, 9, 9]
    a = plain(cache.allocate(first))
    b = plain(cache.allocate(second))
    cache.release(a[0])
    seen = [a, b, plain(cache.allocate(first))]
    cache.release(b[0])
    cache.release(seen[2][0])
    return [
        *seen,
        plain(cache.allocate(second)),
        plain(cache.allocate(first)),
        plain(cache.allocate([7] * 6)),
    ]


@probe(en="What is forgotten first", zh="先忘掉哪些")
def forgetting(impl, t: Tools):
    cache = impl.PrefixCache(6, 2)
    a = plain(cache.allocate([1, 1, 2, 2, 3, 3]))
    b = plain(cache.allocate([4, 4, 5, 5, 6]))
    cache.release(b[0])
    cache.release(a[0])
    seen = [a, b, plain(cache.allocate([8, 8, 8, 8]))]
    cache.release(seen[-1][0])
    for prompt in ([1, 1, 2, 2, 3, 3, 0], [4, 4, 5, 5, 6], [9, 9, 9], [1, 1, 2, 2, 3, 3, 0], [4, 4, 5, 5, 6]):
        seen.append(plain(cache.allocate(prompt)))
        cache.release(seen[-1][0])
    return seen


@probe(en="Too few blocks", zh="块不够")
def too_few(impl, t: Tools):
    cache = impl.PrefixCache(5, 2)
    a = plain(cache.allocate([1, 1, 2, 2, 3]))
    seen = [a, plain(cache.allocate([4] * 5)), plain(cache.allocate([1, 1, 2, 2, 3, 3, 3, 3]))]
    cache.release(a[0])
    cache.release(seen[2][0])
    long = [1, 1, 2, 2, 3, 3, 3, 3, 4, 4, 4]
    for prompt in (long, long[:10], [6, 6, 6, 6, 6], [1, 1, 2, 2, 5], [7] * 10):
        seen.append(plain(cache.allocate(prompt)))
        if seen[-1]:
            cache.release(seen[-1][0])
    return seen


@probe(en="A block that is the same already", zh="已有相同的块")
def twins(impl, t: Tools):
    cache = impl.PrefixCache(8, 2)
    a = plain(cache.allocate([1, 1, 2, 2]))
    b = plain(cache.allocate([1, 1, 2, 2]))
    cache.release(b[0])
    c = plain(cache.allocate([8] * 11))
    cache.release(c[0])
    seen = [a, b, c, plain(cache.allocate([1, 1, 2, 2, 5]))]
    cache.release(a[0])
    return [*seen, plain(cache.allocate([1, 1, 2, 2, 5]))]


@probe(en="Released twice", zh="重复释放")
def released_twice(impl, t: Tools):
    cache = impl.PrefixCache(6, 2)
    a = plain(cache.allocate([1, 1, 2, 2, 3]))
    b = plain(cache.allocate([1, 1, 4]))
    cache.release(b[0])
    seen = [a, b, t.raises(lambda: cache.release(b[0]), ValueError)]
    seen.append(t.raises(lambda: cache.release([a[0][2], 5]), ValueError))
    seen.append(t.raises(lambda: cache.release([5, a[0][2]]), ValueError))
    seen.append([plain(cache.allocate([9, 9, 9, 9, 9])), plain(cache.allocate([1, 1, 2, 2, 3]))])
    cache.release(a[0])
    return [seen, plain(cache.allocate([1, 1, 2, 2, 7]))]


@probe(en="A beginning that is gone", zh="开头已被忘掉")
def beginning_gone(impl, t: Tools):
    cache = impl.PrefixCache(7, 2)
    prompt = [1, 1, 2, 2, 3, 3, 4]
    seen = [plain(cache.allocate(prompt)), plain(cache.allocate([8] * 5))]
    for block in seen[0][0]:
        cache.release([block])
    seen += [plain(cache.allocate([9])), plain(cache.allocate([9]))]
    cache.release(seen[1][0])
    return [*seen, plain(cache.allocate(prompt)), plain(cache.allocate([1, 1, 2]))]


def plain(result):
    """(blocks, cached) as lists, or None."""
    return None if result is None else [list(result[0]), result[1]]


def traffic(impl, t: Tools, num_blocks: int, block_size: int, steps: int):
    """Prompts over two tokens, so that beginnings agree often; half of the time one is released."""
    cache = impl.PrefixCache(num_blocks, block_size).raw
    held, seen = [], []
    for _ in range(steps):
        if held and t.integer(0, 9) < 5:
            cache.release(held.pop(t.integer(0, len(held))))
            continue
        prompt = t.randint(0, 2, t.integer(1, 4 * block_size)).tolist()
        seen.append(plain(cache.allocate(prompt)))
        if seen[-1]:
            held.append(seen[-1][0])
    return seen
