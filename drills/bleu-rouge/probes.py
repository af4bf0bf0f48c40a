"""Hidden tests of BLEU and ROUGE-L: noisy copies of texts over a few words, so that n-grams match."""

from llmprep.judge.probes import Tools, probe

WORDS = ["the", "a", "cat", "dog", "sat", "on", "mat", "."]


@probe(en="BLEU of several sentences, one reference each", zh="多个句子的 BLEU，各一个参考")
def bleu(impl, t: Tools):
    return [impl.corpus_bleu(*corpus(t, 4, references=1)) for _ in range(3)]


@probe(en="BLEU with several references", zh="多个参考的 BLEU")
def several_references(impl, t: Tools):
    return [impl.corpus_bleu(*corpus(t, 3, references=n)) for n in (2, 3, 4)]


@probe(en="A word repeated beyond the references", zh="重复次数超过参考的词")
def clipping(impl, t: Tools):
    reference = text(t, 14)
    padded = [*reference, *[reference[0]] * 4, *reference[:5]]
    other = [reference[0], reference[0], *reference[2:9]]
    return [
        impl.corpus_bleu([padded], [[reference]]),
        impl.corpus_bleu([padded], [[other, reference]]),
        impl.corpus_bleu([padded, reference], [[reference], [other]]),
    ]


@probe(en="Candidates that are too short, or long", zh="candidate 偏短或偏长")
def brevity(impl, t: Tools):
    reference = text(t, 20)
    return [impl.corpus_bleu([reference[:n]], [[reference]]) for n in (4, 9, 19, 20)] + [
        impl.corpus_bleu([reference[:8], [*reference, "x"]], [[reference], [reference]]),
        impl.corpus_bleu([reference[:8], reference[:12] * 2], [[reference], [reference]]),
    ]


@probe(en="References of several lengths, equally close ones too", zh="参考长短不一，包括同样接近的")
def closest(impl, t: Tools):
    source = text(t, 16)
    lengths = [(13, 7), (12, 8), (8, 12), (16, 11, 4), (15, 14), (6, 16), (9, 10), (16, 3)]
    return [impl.corpus_bleu([source[:10]], [[source[:n] for n in pair]]) for pair in lengths]


@probe(
    en="Precisions that are 0, sentences too short for an n-gram, nothing at all",
    zh="为 0 的精度、短得没有 n-gram 的句子、空文本",
)
def zeros(impl, t: Tools):
    long = text(t, 9)
    return [
        impl.corpus_bleu([long], [[["z"] * 9]]),
        impl.corpus_bleu([long[:3]], [[long]]),
        impl.corpus_bleu([long[:3], long], [[long], [long]]),
        impl.corpus_bleu([[], long], [[long], [long]]),
        impl.corpus_bleu([[]], [[long]]),
        impl.corpus_bleu([["p", "q", "r", "x", "s"]], [[["p", "q", "r", "y", "s"]]]),
        impl.corpus_bleu([long, ["u", "v"]], [[long], [["v", "u"]]]),
    ]


@probe(en="ROUGE-L", zh="ROUGE-L")
def rouge(impl, t: Tools):
    pairs = [(text(t, t.integer(3, 12)), text(t, t.integer(3, 12))) for _ in range(12)]
    noisy_pairs = [(noisy(t, one), one) for one, _ in pairs]
    return [impl.rouge_l(candidate, reference) for candidate, reference in pairs + noisy_pairs]


@probe(en="ROUGE-L of special cases", zh="ROUGE-L 的特殊情形")
def rouge_borders(impl, t: Tools):
    one = text(t, 7)
    cases = [
        (one, one),
        (one, one[::-1]),
        (one, []),
        ([], one),
        ([], []),
        (["x"], ["y", "z"]),
        (["a", "x", "b", "y", "c"], ["a", "b", "c"]),
        (["b", "a", "b", "a", "b"], ["a", "b"]),
        (["cat"], ["cats", "cat", "c"]),
        (one[:3], one * 5),
    ]
    return [impl.rouge_l(candidate, reference) for candidate, reference in cases]


def text(t: Tools, length: int) -> list[str]:
    return [t.choice(WORDS) for _ in range(length)]


def noisy(t: Tools, tokens: list[str]) -> list[str]:
    """Some tokens replaced, left out or doubled, most of them kept."""
    result: list[str] = []
    for token, u in zip(tokens, t.rand(len(tokens)).tolist(), strict=True):
        result += [token] if u < 0.8 else [t.choice(WORDS)] if u < 0.87 else [token] * 2 if u < 0.93 else []
    return result


def corpus(t: Tools, size: int, references: int):
    sources = [text(t, t.integer(10, 22)) for _ in range(size)]
    return [noisy(t, one) for one in sources], [[noisy(t, one) for _ in range(references)] for one in sources]
