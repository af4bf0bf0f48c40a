"""Hidden tests of `segment`.

Where pieces and scores are random no character stands twice in the text: two segmentations then never
consist of the same pieces, so none tie.
"""

from llmprep.judge.probes import Tools, probe


@probe(en="Random pieces and probabilities", zh="随机的 piece 与概率")
def values(impl, t: Tools):
    found = []
    for n in (5, 9, 13):
        text = distinct(t, n)
        found.append(impl.segment(text, {**singles(t, text), **some_pieces(t, text, 3 * n)}))
    return found


@probe(en="Probable, not longest and not fewest", zh="要概率最大，而不是 piece 最长或最少")
def probable(impl, t: Tools):
    hug = {
        "h": -3.0,
        "u": -2.5,
        "g": -2.75,
        "hu": -4.25,
        "ug": -3.5,
        "p": -3.25,
        "pu": -3.75,
        "hug": -8.0,
        "s": -4.0,
    }
    long_is_rare = {"ab": -1.0, "c": -1.5, "abc": -9.0, "a": -2.0, "bc": -2.25, "cd": -1.25, "d": -6.0}
    return [
        impl.segment("hugspugs", hug),
        impl.segment("abcd", long_is_rare),
        impl.segment("abc", long_is_rare),
        impl.segment("aaaa", {"a": -2.0, "aa": -2.5, "aaa": -10.0}),
        impl.segment("abab", {"a": -1.0, "b": -1.0, "abab": -4.5, "ba": -1.5}),
    ]


@probe(en="Unknown characters", zh="未知字符")
def unknown(impl, t: Tools):
    text = distinct(t, 9)
    pieces = some_pieces(t, text[:6], 6)
    given = {"ab": -2.0, "b": -7.0, "cd": -3.0}
    return [
        impl.segment(text, pieces),
        impl.segment(text, pieces, unknown_penalty=2.5),
        impl.segment(text, pieces, 30.0),
        impl.segment("xxabcdx abc", given),
        impl.segment("xyz", given, 1.0),
    ]


@probe(en="An unknown character is dear, but sometimes better", zh="未知字符代价高，但有时仍是更优解")
def unknown_is_better(impl, t: Tools):
    covered = {"ab": -50.0, "cd": -50.0, "bcd": -1.0}
    either = {"a": -1.0, "bc": -60.0, "c": -1.0, "cd": -2.0}
    forced = {"ab": -1.0, "cd": -1.0, "abc": -1.5, "bcd": -20.0}
    return [
        impl.segment("abcd", covered, 1.0),
        impl.segment("abcd", covered, 60.0),
        impl.segment("abcd", either, 1.0),
        impl.segment("abcde", forced, 3.0),
        impl.segment("abcx", {"abc": -5.0, "ab": -1.0}, 2.0),
        impl.segment("xabx", {"ab": -5.0, "xa": -1.0}, 1.0),
    ]


@probe(en="Pieces of the greatest length", zh="长度最大的 piece")
def longest(impl, t: Tools):
    text = distinct(t, 12)
    whole = {**singles(t, text), text: -3.0}
    half = {**singles(t, text), text[:6]: -3.0, text[6:]: -2.0, text[3:7]: -1.0}
    return [impl.segment(text, whole), impl.segment(text, half), impl.segment(text[1:], half)]


@probe(en="A long text", zh="长文本")
def long_text(impl, t: Tools):
    text, scores = distinct(t, 70), t.rand(3, 70, low=-1.0, high=0.0).tolist()
    pieces = {text[i : i + n]: 5 * n * scores[n - 1][i] - 8.0 for n in (1, 2, 3) for i in range(70)}
    return [impl.segment(text, pieces), impl.segment("ab" * 100, {"ab": -14.0, "a": -11.5, "b": -12.0})]


@probe(en="Empty text, one character, blanks", zh="空文本、单个字符、空格")
def small_texts(impl, t: Tools):
    pieces = {"a": -1.5, " a": -0.5, "  ": -2.0, " ": -1.25, "▁b": -1.0, "A": -4.0}
    return [impl.segment(text, pieces) for text in ("", "a", " a", "   a ", "\u3000a", "aA▁b b", "z", " ")]


@probe(en="Called again with other probabilities", zh="换一组概率再次调用")
def repeated_calls(impl, t: Tools):
    text = distinct(t, 8)
    first, second = ({**singles(t, text), **some_pieces(t, text, 12)} for _ in range(2))
    return [impl.segment(text, pieces) for pieces in (first, second, first)]


def distinct(t: Tools, n: int) -> str:
    """A text in which no character stands twice."""
    start, step = t.integer(0x4E00, 0x5000), t.choice((1, 7, 11))
    return "".join(chr(start + step * place) for place in range(n))


def singles(t: Tools, text: str) -> dict[str, float]:
    return {character: -float(t.rand(1, low=4.0, high=9.0)) for character in text}


def some_pieces(t: Tools, text: str, n: int) -> dict[str, float]:
    """Substrings of up to five characters; longer ones tend to be rarer."""
    pieces = {}
    for _ in range(n):
        start, size = t.integer(0, len(text) - 1), t.integer(2, 6)
        piece = text[start : start + size]
        pieces[piece] = -float(t.rand(1, low=4.0, high=7.0 + 3 * len(piece)))
    return pieces
