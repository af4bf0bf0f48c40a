"""Hidden tests of the edit distance: few letters, so that much can be aligned in many ways."""

from llmprep.judge.probes import Tools, probe


@probe(en="Random strings over few letters", zh="少数字母组成的随机串")
def strings(impl, t: Tools):
    return [impl.edit_distance(text(t, "ab", 8), text(t, "abc", 7)) for _ in range(25)]


@probe(en="Known words", zh="常见的例子")
def known(impl, t: Tools):
    pairs = [
        "kitten sitting",
        "sunday saturday",
        "flaw lawn",
        "intention execution",
        "ab ba",
        "abcdef bcdefa",
    ]
    pairs += ["Aa aA", "深度学习 机器学习", "aaaa aa", "abc yabd", "ca abc"]
    return [impl.edit_distance(*pair.split()) for pair in pairs]


@probe(en="Empty, equal, one inside the other", zh="空串、相同、包含")
def borders(impl, t: Tools):
    word = text(t, "abcd", 9)
    pairs = [("", ""), ("", "abc"), ("abcd", ""), (word, word), (word, word[2:]), (word[:-3], word)]
    pairs += [("bc", "aaabcaaa"), ("aaabcaaa", "bc"), ("a", "b"), ("a", "bbbb")]
    return [impl.edit_distance(a, b) for a, b in pairs]


@probe(en="Lists and tuples of anything", zh="任意元素的 list 和 tuple")
def lists(impl, t: Tools):
    first, second = t.randint(0, 3, 9).tolist(), t.randint(0, 3, 6).tolist()
    nested = [[1], [2, 3], [], "a", None]
    return [
        impl.edit_distance(first, second),
        impl.edit_distance(tuple(first), tuple(first[1:])),
        impl.edit_distance(["new", "york"], ["newyork"]),
        impl.edit_distance(nested, [[1], [2], [], "b", None]),
        impl.edit_distance((), [1, 2]),
        type(impl.edit_distance(first, second)).__name__,
    ]


@probe(en="Long sequences", zh="长序列")
def long(impl, t: Tools):
    a, b = text(t, "abcd", 60, 60), text(t, "abcd", 45, 45)
    return [impl.edit_distance(a, b), impl.edit_distance(b, a), impl.edit_distance(a[:3], b * 3)]


@probe(en="Word error rate", zh="词错误率")
def words(impl, t: Tools):
    pairs = [
        ("the cat sat on the mat", "the cat sat mat"),
        ("the cat sat", "a cat sat on the mat today"),
        ("one two three four", "one too three"),
        ("Hello World", "hello world"),
        ("well, yes", "well yes"),
        ("a b  c\td\ne", "a b c d e"),
        ("  a b ", "b a"),
        ("a a a a", "a a"),
        ("yes", ""),
        ("one two", "  "),
    ]
    drawn = [(sentence(t, 7), sentence(t, 5)) for _ in range(4)]
    return [impl.word_error_rate(*pair) for pair in (*pairs, *drawn)]


@probe(en="Word error rate of a corpus", zh="语料的词错误率")
def corpus(impl, t: Tools):
    references, hypotheses = ["a b c d e f", "a", "b c"], ["a b c d e", "b", "b c d d"]
    drawn = [[sentence(t, 9) for _ in range(4)] for _ in range(2)]
    return [
        impl.corpus_word_error_rate(references, hypotheses),
        impl.corpus_word_error_rate([*references, ""], [*hypotheses, "a b"]),
        impl.corpus_word_error_rate(["", "x y"], ["", "y x"]),
        impl.corpus_word_error_rate(["a b", "c"], ["a", "b c"]),
        impl.corpus_word_error_rate(*drawn),
    ]


@probe(en="No word in the reference", zh="reference 没有词")
def no_reference(impl, t: Tools):
    return [
        t.raises(lambda: impl.word_error_rate("", "a b"), ValueError),
        t.raises(lambda: impl.word_error_rate(" \n", ""), ValueError),
        t.raises(lambda: impl.corpus_word_error_rate(["", " "], ["a", ""]), ValueError),
        t.raises(lambda: impl.corpus_word_error_rate([], []), ValueError),
    ]


def text(t: Tools, alphabet: str, longest: int, shortest: int = 1) -> str:
    return "".join(t.choice(alphabet) for _ in range(t.integer(shortest, longest + 1)))


def sentence(t: Tools, longest: int) -> str:
    return " ".join(t.choice(("to", "be", "or", "not")) for _ in range(t.integer(1, longest + 1)))
