"""WordPiece as BERT applies it: greedy, the longest piece first.

The rule and its [UNK] for a whole word are those of BERT's tokenization.py.
"""

CONTINUES = "##"


def wordpiece(
    text: str,
    vocab: set[str],
    unknown: str = "[UNK]",
    max_characters: int = 100,
) -> list[str]:
    """The pieces of all words of `text`, in order."""
    pieces = []
    for word in text.split():
        too_long = len(word) > max_characters
        pieces += [unknown] if too_long else _cut(word, vocab, unknown)
    return pieces


def _cut(word: str, vocab: set[str], unknown: str) -> list[str]:
    pieces = []
    start = 0
    while start < len(word):
        end = _longest(word, start, vocab)
        if end is None:
            return [unknown]  # the pieces before it are given up, too
        pieces.append(_spelled(word, start, end))
        start = end
    return pieces


def _longest(word: str, start: int, vocab: set[str]) -> int | None:
    """Where the longest piece that begins at `start` ends."""
    for end in range(len(word), start, -1):
        if _spelled(word, start, end) in vocab:
            return end
    return None


def _spelled(word: str, start: int, end: int) -> str:
    return (CONTINUES if start else "") + word[start:end]
