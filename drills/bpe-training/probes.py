"""Hidden tests of `train_bpe`: small alphabets, so that pairs overlap, tie, and hide inside other symbols."""

from llmprep.judge.probes import Tools, probe


@probe(en="Random words with random counts", zh="随机的词与次数")
def values(impl, t: Tools):
    return [
        impl.train_bpe(some_words(t, "abcd", 9, longest=7, most=1000), 10),
        impl.train_bpe(some_words(t, "ab", 7, longest=8, most=1000), 8),
    ]


@probe(en="Few different counts, so that pairs tie", zh="次数相近，大量并列")
def ties(impl, t: Tools):
    designed = {"bc": 20, "ab": 12, "abc": 3, "aba": 3}  # ends with (a, bc) against (ab, a)
    return [
        impl.train_bpe({"zy": 4, "ba": 4, "ab": 4, "mn": 5}, 4),
        impl.train_bpe(designed, 4),
        *(impl.train_bpe(some_words(t, "abc", 6, longest=6, most=3), 9) for _ in range(4)),
    ]


@probe(en="Frequent words weigh more than many rare ones", zh="高频词的分量大于许多低频词")
def weights(impl, t: Tools):
    rare = {"xy" + letter: 1 for letter in "abcdefg"}
    return [impl.train_bpe({**rare, "pq": 30, "qr": 9}, 3), impl.train_bpe({"xyxyxy": 3, "pq": 7}, 2)]


@probe(en="Runs of one letter", zh="同一字母连续出现")
def runs(impl, t: Tools):
    mixed = {"aaa": 5, "ab": 9, "aaaab": 2, "baaa": 3, "bcbc": 2}
    return [
        impl.train_bpe({"aaa": 5, "bc": 8}, 3),
        impl.train_bpe({"aaaaa": 2, "aab": 7, "cb": 5}, 5),
        impl.train_bpe(mixed, 6),
        impl.train_bpe({"a" * t.integer(6, 12): 3, "a" * t.integer(3, 6): 4}, 6),
    ]


@probe(en="A pair whose letters also end or begin other symbols", zh="对的字母也出现在别的符号首尾")
def inside_other_symbols(impl, t: Tools):
    first = {"aab": 9, "aa": 30, "ab": 12, "cab": 6, "caab": 5}
    second = {"low": 5, "lower": 2, "newest": 6, "widest": 3}
    return [impl.train_bpe(first, 6), impl.train_bpe(second, 10)]


@probe(en="Nothing is merged across words", zh="不跨词合并")
def boundaries(impl, t: Tools):
    alternating = {"ba": 6, "cb": 5, "ac": 4, "bb": 1, "a": 50, "b": 50}
    return impl.train_bpe(alternating, 5)


@probe(en="When it ends", zh="何时结束")
def endings(impl, t: Tools):
    words = {"abab": 3, "abc": 2, "d": 9, "ef": 1}
    return [
        impl.train_bpe(words, 0),
        impl.train_bpe(words, 1),
        impl.train_bpe(words, 100),
        impl.train_bpe(words, num_merges=100, min_frequency=2),
        impl.train_bpe(words, 100, 3),
        impl.train_bpe(words, 100, 4),
        impl.train_bpe(words, 100, 50),
        impl.train_bpe({}, 5),
        impl.train_bpe({"a": 7, "b": 3}, 5),
    ]


@probe(en="Chinese, emoji, punctuation", zh="中文、emoji、标点")
def other_characters(impl, t: Tools):
    signs = {"c++": 8, "c+": 2, "a.b": 5, "xb": 3, "ax": 1, "</w>": 2, "A": 1, "Aa": 3}
    return [
        impl.train_bpe({"自然语言": 6, "自然": 9, "语言": 7, "🙂🙂": 3}, 5),
        impl.train_bpe(signs, 12),
    ]


def some_words(t: Tools, alphabet: str, n: int, longest: int, most: int) -> dict[str, int]:
    spelled = ("".join(t.choice(alphabet) for _ in range(t.integer(1, longest + 1))) for _ in range(n))
    return {word: t.integer(1, most + 1) for word in spelled}
