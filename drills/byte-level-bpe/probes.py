"""Hidden tests of `encode` and `decode`: merges over few bytes, so that they compete for the same places."""

from llmprep.judge.probes import Tools, probe

MIXED = "naïve 中文，分词！ 🙂👩\u200d🚀 e\u0301 \u00a0\ufeff\x00 end"


@probe(en="Random text and random merges", zh="随机文本与随机 merges")
def values(impl, t: Tools):
    found = []
    for letters in ("ab", "abc", "ab c"):
        merges = some_merges(t, letters, 12)
        found.append(impl.encode(some_text(t, letters, 40), merges))
    return found


@probe(en="The lowest rank first, not the leftmost pair", zh="先合并 rank 最小的，而不是最靠左的")
def ranks(impl, t: Tools):
    a, b, c, d = b"abcd"
    right_first = [(b, c), (a, b), (256, d), (a, 256), (257, c)]
    through = [(c, d), (a, b), (257, 256), (b, c), (257, c)]
    return [
        impl.encode(text, merges)
        for text in ("abcd", "abc", "ababcdbcab", "aabbccdd")
        for merges in (right_first, through)
    ]


@probe(en="Runs of one byte", zh="同一字节连续出现")
def runs(impl, t: Tools):
    a, b = b"ab"
    merges = [(a, a), (256, a), (256, 256), (b, 257), (258, 258)]
    return [impl.encode("a" * n + "b" + "a" * (9 - n), merges) for n in range(1, 10)]


@probe(en="Chinese, emoji, combining marks, control characters", zh="中文、emoji、组合字符、控制字符")
def other_scripts(impl, t: Tools):
    merges = merges_within(t, MIXED, 10)
    ids = impl.encode(MIXED, merges)
    return [ids, impl.decode(ids, merges), impl.encode(MIXED, []), impl.decode(list(MIXED.encode()), [])]


@probe(en="Back and forth", zh="编码再解码")
def round_trip(impl, t: Tools):
    texts = ["", "a", "\ufeffmark", "  two  blanks ", "line\r\n\ttab\n", "ＦＵＬＬ ﬁ Å A\u030a ß", "𠮷家 🇨🇳"]
    merges = merges_within(t, "".join(texts), 8)
    return [[ids := impl.encode(text, merges), impl.decode(ids, merges)] for text in texts]


@probe(en="Text cut within a character, and bytes that are no text", zh="断在字符中间，以及不是文本的字节")
def broken(impl, t: Tools):
    face = "🙂".encode()
    merges = [(face[0], face[1]), (face[2], face[3]), (256, 257), (256, face[2]), (0xE4, 0xB8)]
    sequences = [
        [258],
        [256],
        [256, 65, 257],
        [259],
        [66, 256, 257, 66],
        [260, 0xAD, 67, 260],
        [0x80, 68, 0xFF, 0xFE],
        [0xC0, 0xAF, 0xED, 0xA0, 0x80],
        [*face[:3], *face],
        [],
        t.randint(128, 261, 20).tolist(),
        t.randint(0, 256, 30).tolist(),
    ]
    return [impl.decode(ids, merges) for ids in sequences]


@probe(en="Tokens made of tokens", zh="由 token 组成的 token")
def deep(impl, t: Tools):
    letters = [ord(t.choice("xyz")) for _ in range(9)]
    merges = [(letters[0], letters[1])]
    for letter in letters[2:]:
        merges.append((255 + len(merges), letter))
    ids = [256 + t.integer(0, len(merges)) for _ in range(6)]
    text = impl.decode(ids, merges)
    return [text, impl.encode(text, merges), impl.decode([263, 10, 263], merges)]


@probe(en="Other merges in the next call", zh="下一次调用换了 merges")
def repeated_calls(impl, t: Tools):
    text = some_text(t, "ab", 20)
    a, b = b"ab"
    found = []
    for merges in ([(a, b), (256, a)], [(b, a), (256, b)], [(a, b), (256, a)]):
        found.append([impl.encode(text, merges), impl.decode([257, 256, 97], merges)])
    return found


def some_text(t: Tools, letters: str, n: int) -> str:
    return "".join(t.choice(letters) for _ in range(n))


def some_merges(t: Tools, letters: str, n: int) -> list[tuple[int, int]]:
    """Random pairs of what is there, shorter tokens more often than longer ones."""
    known = [*letters.encode()] * 3
    merges: dict[tuple[int, int], None] = {}
    while len(merges) < n:
        pair = (t.choice(known), t.choice(known))
        if pair not in merges:
            merges[pair] = None
            known.append(255 + len(merges))
    return list(merges)


def merges_within(t: Tools, text: str, n: int) -> list[tuple[int, int]]:
    """Neighbours in the text, and pairs of the tokens that they make."""
    data = text.encode()
    merges: dict[tuple[int, int], None] = {}
    while len(merges) < n:
        place = t.integer(0, len(data) - 3)
        merges.setdefault((data[place], data[place + 1]))
        rank = list(merges).index((data[place], data[place + 1]))
        merges.setdefault((256 + rank, data[place + 2]))
    return list(merges)
