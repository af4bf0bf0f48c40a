"""Hidden tests of extraction and vote: one number in several spellings, chains that mention many numbers."""

from llmprep.judge.probes import Tools, probe


@probe(en="Plain answers", zh="普通的答案")
def plain(impl, t: Tools):
    n = t.integer(2, 900)
    texts = [
        "3 + 4 = 7. The answer is {}.",
        "the answer is {}",
        "It costs 12 each, so the Answer Is {} euros.",
        "ANSWER IS {}",
    ]
    return [impl.extract_answer(text.format(n)) for text in texts]


@probe(en="Several numbers, several answers", zh="多个数、多处 answer is")
def several(impl, t: Tools):
    a, b = t.integer(10, 50), t.integer(51, 99)
    return [
        impl.extract_answer(text)
        for text in (
            f"The answer is {a}. Wait, the answer is {b}.",
            f"The answer is {a} and not {b}.",
            f"First {a}, then {b}; the answer is therefore (in total): {a + b} of 100",
            f"The answer is {a}. I am sure that this answer is right.",
            f"{a} is my answer. It is {b}.",
            f"The answer is\n\n{b}\n{a}",
        )
    ]


@probe(en="Commas, decimals, signs", zh="逗号、小数、符号")
def spellings(impl, t: Tools):
    numbers = [
        "1,234",
        "1,234,567.80",
        "-5",
        "$42.",
        "37%",
        "0.50",
        "-0.0",
        "007",
        "18.000",
        "100",
        "1200",
        "-1,000.010",
    ]
    numbers += [
        "3.14.",
        "0",
        "00.7",
        "10.0",
        "20,",
        "1,2",
        "12,345",
        "5.",
        "=-8",
        "#### 9",
    ]
    return [impl.extract_answer(f"So the answer is {number}") for number in numbers]


@probe(en="More digits than a float holds", zh="位数超过 float")
def long_numbers(impl, t: Tools):
    digits = "9007199254740993" + str(t.integer(1000, 9999)) + "1"
    return [
        impl.extract_answer(f"the answer is {digits}"),
        impl.extract_answer(f"the answer is 0.{digits}0"),
        impl.extract_answer("the answer is 1" + ",000" * 8),
    ]


@probe(en="No answer", zh="没有答案")
def missing(impl, t: Tools):
    texts = [
        "",
        "42",
        "the answer: 42",
        "The answer is unknown.",
        "3. The answer is",
        "the answer is - or maybe .",
        "answer  is 7",
    ]
    return [impl.extract_answer(text) for text in texts]


@probe(en="A majority", zh="多数票")
def majority(impl, t: Tools):
    found = []
    for _ in range(5):
        texts = [f"the answer is {t.integer(1, 4)}" for _ in range(9)]
        found.append(impl.vote(texts))
    return found


@probe(en="The same number in several spellings", zh="同一个数的不同写法")
def merged(impl, t: Tools):
    return [
        impl.vote([f"The answer is {x}" for x in ("1,000", "7", "1000.0", "7", "$1000.00")]),
        impl.vote([f"The answer is {x}" for x in ("0.5", "2", "2", "0.50", "00.500")]),
        impl.vote([f"The answer is {x}" for x in ("10", "9", "9")]),
    ]


@probe(en="Ties", zh="平票")
def ties(impl, t: Tools):
    votes = [
        ("9", "10", "10", "9"),
        ("b", "3", "2", "2", "3", "1"),
        ("5", "4", "3"),
        ("2", "1", "1", "2", "3", "3"),
    ]
    return [impl.vote([f"the answer is {x}" for x in one]) for one in votes]


@probe(en="Texts without an answer", zh="没有答案的文本")
def abstentions(impl, t: Tools):
    nothing = ["I do not know.", "The answer is unclear.", "hm"]
    return [
        impl.vote([*nothing, "the answer is 6"]),
        impl.vote([nothing[0], "the answer is 6", *nothing, "the answer is 5", "the answer is 5"]),
        impl.vote(nothing),
        impl.vote([]),
    ]
