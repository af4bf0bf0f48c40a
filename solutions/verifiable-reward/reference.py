"""Accuracy and format reward by rules (DeepSeek-R1, §2.2.2)."""

import re
from fractions import Fraction

BOX = "\\boxed{"
TAGS = ("<think>", "</think>", "<answer>", "</answer>")
FORM = re.compile(r"\s*<think>.*</think>\s*<answer>.*</answer>\s*", re.DOTALL)
NUMBER = re.compile(
    r"""(?P<sign>[+-]?)
    (?:
        (?P<decimal>(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?|\.[0-9]+)
      | (?P<a>[0-9]+)/(?P<b>[+-]?[0-9]+)
      | \\[dt]?frac\{(?P<top>[+-]?[0-9]+)\}\{(?P<bottom>[+-]?[0-9]+)\}
    )
    (?P<percent>\\?%)?""",
    re.VERBOSE,
)


def extract_boxed(text: str) -> str | None:
    """The content of the closed \\boxed{…} that begins last, or None."""
    start = text.rfind(BOX)
    while start >= 0:
        content = until_closed(text[start + len(BOX) :])
        if content is not None:
            return content
        start = text.rfind(BOX, 0, start)
    return None


def until_closed(text: str) -> str | None:
    """The text up to the brace that closes one opened before it, or None."""
    depth = 1
    for match in re.finditer(r"\\.|[{}]", text):  # \{ is skipped
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth -= 1
        if depth == 0:
            return text[: match.start()]
    return None


def same_answer(answer: str, gold: str) -> bool:
    """Whether two answers are equal as numbers, or else as texts."""
    answer, gold = bare(answer), bare(gold)
    if not answer:
        return False
    value, expected = number(answer), number(gold)
    if value is not None and expected is not None:
        return value == expected
    return answer == gold


def bare(text: str) -> str:
    """The text without whitespace and dollar signs."""
    return re.sub(r"[\s$]", "", text)


def number(text: str) -> Fraction | None:
    """The exact value of a number, None for what is not one."""
    match = NUMBER.fullmatch(text)
    if match is None:
        return None
    if match["decimal"]:
        value = Fraction(match["decimal"].replace(",", ""))
    else:
        denominator = int(match["b"] or match["bottom"])
        if denominator == 0:
            return None
        value = Fraction(int(match["a"] or match["top"]), denominator)
    if match["percent"]:
        value /= 100
    return -value if match["sign"] == "-" else value


def verifiable_reward(text: str, gold: str) -> float:
    """0.1 for the format plus 0.9 for the right answer."""
    answer = final_answer(text)
    correct = answer is not None and same_answer(answer, gold)
    return 0.1 * well_formed(text) + 0.9 * correct


def well_formed(text: str) -> bool:
    """Whether the text is one <think> and one <answer>, nothing else."""
    once = all(text.count(tag) == 1 for tag in TAGS)
    return once and FORM.fullmatch(text) is not None


def final_answer(text: str) -> str | None:
    """The last box between the last answer tags, or all there; or None."""
    end = text.rfind("</answer>")
    start = text.rfind("<answer>", 0, end) if end >= 0 else -1
    if start < 0:
        return extract_boxed(text)
    tagged = text[start + len("<answer>") : end]
    boxed = extract_boxed(tagged)
    return tagged if boxed is None else boxed
