"""Self-consistency (Wang et al. 2022, §2): a vote over sampled answers."""

import re
from collections import Counter

CUE = "answer is"
NUMBER = re.compile(
    r"""(-?)                                # sign
        (\d{1,3}(?:,\d{3})+ | \d+)          # digits, grouped or not
        (?:\.(\d+))?                        # decimals
    """,
    re.VERBOSE,
)


def extract_answer(text: str) -> str | None:
    """The first number after the last cue, in canonical form."""
    _, cue, conclusion = text.lower().rpartition(CUE)
    number = NUMBER.search(conclusion)
    if not cue or number is None:
        return None
    return _canonical(*number.groups(default=""))


def _canonical(sign: str, whole: str, decimals: str) -> str:
    """One spelling for each number; a float would lose digits."""
    whole = whole.replace(",", "").lstrip("0") or "0"
    decimals = decimals.rstrip("0")
    value = f"{whole}.{decimals}" if decimals else whole
    return value if value == "0" else sign + value


def vote(texts: list[str]) -> tuple[str | None, float]:
    """The most frequent answer, the first of equals, and its share."""
    answers = [extract_answer(text) for text in texts]
    votes = Counter(answer for answer in answers if answer is not None)
    if not votes:
        return None, 0.0
    # equal counts keep the order in which they were first met
    ((answer, count),) = votes.most_common(1)
    return answer, count / len(texts)
