"""Hidden tests of `wordpiece`: small alphabets, so that pieces overlap and greedy choices matter."""

from llmprep.judge.probes import Tools, probe


@probe(en="Random words over a full vocabulary", zh="随机词，词表能覆盖所有字符")
def values(impl, t: Tools):
    alphabet = "abc"
    vocab = {*alphabet, *("##" + letter for letter in alphabet)} | some_pieces(t, alphabet, 30)
    return [impl.wordpiece(some_text(t, alphabet, 6), vocab) for _ in range(6)]


@probe(en="Words that the vocabulary covers in part", zh="词表只能覆盖一部分的词")
def holes(impl, t: Tools):
    alphabet = "abcd"
    return [impl.wordpiece(some_text(t, alphabet, 8), some_pieces(t, alphabet, 20)) for _ in range(5)]


@probe(en="Greedy, even where another cut would cover the word", zh="坚持贪心，即使换一种切法能覆盖")
def greedy(impl, t: Tools):
    stuck = {"ab", "a", "##bc", "##d", "##e", "##cde"}
    longer = {"un", "una", "##aff", "##ff", "##able", "##a", "##b", "##le"}
    fewest = {"abc", "ab", "##cdefg", "##de", "##d", "##efg", "##fg"}
    return [
        impl.wordpiece("abcd abd abcde ab", stuck),
        impl.wordpiece("unaffable unaff unable", longer),
        impl.wordpiece("abcdefg abcde", fewest),
    ]


@probe(en="`##` pieces continue words, plain ones begin them", zh="带 `##` 的只用于词中，不带的只用于词首")
def prefixes(impl, t: Tools):
    vocab = {"play", "##ing", "ing", "##s", "##ed", "ed", "re", "##er", "a", "##b", "b"}
    text = "playing ing ings playplay rere player er played ed s ab ba bb aa"
    return [impl.wordpiece(text, vocab), impl.wordpiece("playing sing", {"play", "ing", "s"})]


@probe(en="An unknown word between known ones", zh="已知词中间夹着未知词")
def unknown_words(impl, t: Tools):
    vocab = {"the", "cat", "##s", "c", "##a", "##t", "sat", "on", "mat"}
    text = "the cats sax on cab mat the xcat catx ca"
    return [impl.wordpiece(text, vocab), impl.wordpiece(text, vocab, "<unk>"), impl.wordpiece("x", vocab)]


@probe(en="Words at and beyond the longest length", zh="长度等于和超过上限的词")
def long_words(impl, t: Tools):
    vocab = {"a", "##a", "##aa", "a" * 5, "a" * 101, "b", "##b", "中", "##中"}
    limited = "aaaaaa aaaaa aaaa bbbbbb bbbbb 中中中中中 中中中中中中 b"
    by_default = ["a" * 100, "a" * 101, "中" * 100, " ".join(["aaaa"] * 40)]
    return [
        impl.wordpiece(limited, vocab, max_characters=5),
        impl.wordpiece("aaaa aaaaa", vocab, "?", 4),
        *(impl.wordpiece(text, vocab) for text in by_default),
    ]


@probe(en="Chinese, accents, emoji, capitals", zh="中文、带重音的字母、emoji、大写")
def other_scripts(impl, t: Tools):
    chinese = {"自", "自然", "##然", "##语言", "##语", "处", "##理"}
    vocab = chinese | {"é", "##té", "##t", "🙂", "##🙂", "A", "##b", "a"}
    return impl.wordpiece("自然语言 自然 自语 处理 处理语 été ét 🙂🙂 A Ab ab aB 言", vocab)


@probe(en="Blanks of every kind, and no words at all", zh="各种空白，以及没有词的文本")
def blanks(impl, t: Tools):
    vocab = {"a", "##b", "##a"}
    texts = ["", "   ", " a  ab ", "ab\tc\n\na", "a\u3000ab\r\naa"]
    return [impl.wordpiece(text, vocab) for text in texts]


def some_word(t: Tools, alphabet: str, longest: int) -> str:
    return "".join(t.choice(alphabet) for _ in range(t.integer(1, longest + 1)))


def some_text(t: Tools, alphabet: str, words: int) -> str:
    return " ".join(some_word(t, alphabet, 7) for _ in range(words))


def some_pieces(t: Tools, alphabet: str, n: int) -> set[str]:
    return {t.choice(("", "##")) + some_word(t, alphabet, 4) for _ in range(n)}
