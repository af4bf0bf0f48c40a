"""Hidden tests of MinHash: products of more than 64 bits, bands that agree crosswise."""

from llmprep.judge.probes import Tools, probe

P = 2**61 - 1


@probe(en="Shingles", zh="shingle")
def grams(impl, t: Tools):
    words = [t.choice(["a", "b", "the", "猫"]) for _ in range(9)]
    texts = [" ".join(words), "a b a b a b", "  one \n two\tthree  four ", "The the THE."]
    return [sorted(impl.shingles(text, n)) for text in texts for n in (1, 2, 3)]


@probe(en="Texts shorter than n words", zh="不足 n 个词的文本")
def short_texts(impl, t: Tools):
    n = t.integer(3, 6)
    return [sorted(impl.shingles(text, n)) for text in ("one two", "one", "", "  \n", "a b c")]


@probe(en="Signatures", zh="signature")
def signatures(impl, t: Tools):
    a, b = functions(t, 7)
    return [[str(value) for value in impl.minhash(items(t, n, 1000), a, b)] for n in (1, 2, 20)]


@probe(
    en="Items and factors as large as they may be",
    zh="元素与系数取到最大",
)
def large_numbers(impl, t: Tools):
    a, b = functions(t, 6)
    a, b = [P - 1, *a, 1], [P - 1, *b, 0]
    return [[str(value) for value in impl.minhash(items(t, 5, 2**32), a, b)], impl.minhash({0}, [5], [7])]


@probe(en="The empty set", zh="空集")
def empty(impl, t: Tools):
    return [str(value) for value in impl.minhash(set(), *functions(t, 3))]


@probe(en="The estimated similarity", zh="估计的相似度")
def similarities(impl, t: Tools):
    first = t.randint(0, 3, 24).tolist()
    second = t.randint(0, 3, 24).tolist()
    swapped = [first[1], first[0], *first[2:]]
    return [impl.similarity(first, other) for other in (second, first, swapped, [9] * 24, sorted(first))] + [
        impl.similarity([4], [4])
    ]


@probe(en="Pairs that share a band", zh="有相同 band 的对")
def pairs(impl, t: Tools):
    documents = [t.randint(0, 2, 12).tolist() for _ in range(9)]
    return [impl.candidate_pairs(documents, bands) for bands in (1, 2, 3, 4, 6, 12)]


@probe(
    en="Equal bands at other places, equal values in other rows", zh="不同位置的 band 相等、不同行的值相等"
)
def elsewhere(impl, t: Tools):
    x, y, z = t.randint(0, 10**9, 3).tolist()
    documents = [
        [x, y, 1, 2],
        [1, 2, x, y],
        [y, x, 3, 4],
        [x, 5, 6, y],
        [5, y, z, 7],
        [x, y, z, 8],
        [9, 9, 2, 1],
    ]
    return [impl.candidate_pairs(documents, bands) for bands in (1, 2, 4)]


@probe(
    en="Several duplicates, in several bands; none; bands that do not divide",
    zh="多份重复、多个 band 命中；没有重复；不能整除",
)
def borders(impl, t: Tools):
    one, other = t.randint(0, 99, 6).tolist(), t.randint(100, 199, 6).tolist()
    return [
        impl.candidate_pairs([other, one, one, other, one], 3),
        impl.candidate_pairs([one, other], 2),
        impl.candidate_pairs([one], 2),
        impl.candidate_pairs([one[:3] + other[3:], other[:3] + one[3:], one], 2),
        t.raises(lambda: impl.candidate_pairs([one, other, one], 4)),
        t.raises(lambda: impl.candidate_pairs([one, other, one], 7)),
    ]


@probe(en="From texts to pairs", zh="从文本到候选对")
def whole(impl, t: Tools):
    words = [f"w{t.integer(0, 30)}" for _ in range(30)]
    texts = [" ".join(words), " ".join([*words[:28], "x", "y"]), " ".join(words[::-1]), " ".join(words[:15])]
    number = {}
    sets = [{number.setdefault(gram, len(number)) for gram in sorted(impl.shingles(x, 2))} for x in texts]
    a, b = functions(t, 20)
    found = [impl.minhash(one, a, b) for one in sets]
    return [impl.candidate_pairs(found, 10), [impl.similarity(found[0], other) for other in found]]


def functions(t: Tools, m: int):
    """Factors and summands of m hash functions, drawn from all of [1, P)."""

    def one() -> int:
        return 1 + (t.integer(0, 2**31) * 2**31 + t.integer(0, 2**31)) % (P - 1)

    return [one() for _ in range(m)], [one() for _ in range(m)]


def items(t: Tools, n: int, high: int) -> set[int]:
    return set(t.randint(0, high, n).tolist())
