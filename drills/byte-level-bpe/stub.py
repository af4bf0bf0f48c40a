Pair = tuple[int, int]


def encode(text: str, merges: list[Pair]) -> list[int]:
    """A text -> its ids."""
    raise NotImplementedError


def decode(ids: list[int], merges: list[Pair]) -> str:
    """Ids, perhaps ones that no text has -> a text."""
    raise NotImplementedError
