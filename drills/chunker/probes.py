"""Hidden tests of `chunk`; sentences of random lengths, with ends that are none."""

from llmprep.judge.probes import Tools, probe

ENDS = [". ", "! ", "? ", "。", "！", "？", ".\n\n", "?! ", "？！", "。. "]


@probe(en="Random sentences", zh="随机长度的句子")
def values(impl, t: Tools):
    text = sentences(t, 12, 14)
    return [spans(impl.chunk(text, size)) for size in (20, 31, 50)]


@probe(en="Random sentences with overlap", zh="随机句子，带重叠")
def overlaps(impl, t: Tools):
    found = []
    for size, overlap in ((24, 8), (30, 15), (45, 44), (60, 25)):
        found.append(spans(impl.chunk(sentences(t, 12, 14), size, overlap)))
    return found


@probe(en="Where a sentence ends", zh="哪里断句")
def ends(impl, t: Tools):
    texts = [
        "Pi is 3.14 or so. e.g. this, v2.0! Yes?! No... Well",
        "今天很好。真的？！是的……好。3.5 倍！ 后面。“引用。”结束",
        "a.b.c.\u3000d e.\tf。\u3000g! \n h",
        "Ends here.",
        "Mixed.。Then ?next .x ! y",
    ]
    return [spans(impl.chunk(text, size)) for text in texts for size in (99, 3, 4, 5, 7, 9)]


@probe(en="Each sentence a chunk of its own", zh="每句自成一块")
def one_each(impl, t: Tools):
    text = "One two. Three four! 五六七八九。Ten 11.5?  End"
    return [
        spans(impl.chunk("ab! 。cdef", 5)),
        spans(impl.chunk(text, 12)),
        spans(impl.chunk(text, size=13, overlap=12)),
    ]


@probe(en="Sizes that fit exactly", zh="长度刚好")
def exact(impl, t: Tools):
    text = "abc. def. ghi. jkl. mno. "  # sentences of 5
    settings = ((5, 0), (10, 0), (10, 5), (15, 5), (15, 10), (14, 5), (16, 4), (25, 24), (12, 11))
    return [spans(impl.chunk(text, *setting)) for setting in settings]


@probe(en="Sentences longer than a chunk", zh="比一块还长的句子")
def long_sentences(impl, t: Tools):
    text = "Short. " + "x" * t.integer(25, 40) + ". Then. " + "字" * 23 + "。Z. End"
    settings = ((10, 0), (10, 4), (13, 12), (1, 0), (7, 6))
    return [spans(impl.chunk(text, *setting)) for setting in settings]


@probe(en="Blanks, no ends, nothing", zh="空白、没有句尾、空文本")
def odd_texts(impl, t: Tools):
    texts = ["", "   ", "\n\n lead. x", "no end at all", "..", ". . .", "。。a", "🙂🙂。好"]
    return [spans(impl.chunk(text, 4, 2)) for text in texts]


@probe(en="Sizes that make no sense", zh="不合理的参数")
def refused(impl, t: Tools):
    return [
        t.raises(lambda: impl.chunk("a. b. c.", 5, 5)),
        t.raises(lambda: impl.chunk("a. b. c.", 5, 9)),
        t.raises(lambda: impl.chunk("a. b. c.", 5, -1)),
        t.raises(lambda: impl.chunk("", 0, 0)),
        spans(impl.chunk("a. b. c.", 5, 4)),
    ]


def sentences(t: Tools, n: int, longest: int) -> str:
    letters = ["a", "b", "字", "3.5", " ", "x,"]
    parts = []
    for _ in range(n):
        body = "".join(t.choice(letters) for _ in range(t.integer(1, longest - 4)))
        parts.append("w" + body.rstrip() + t.choice(ENDS))
    return "".join(parts)


def spans(found):
    return [[start, end] for start, end in found]
