def wordpiece(text: str, vocab: set[str], unknown: str = "[UNK]", max_characters: int = 100) -> list[str]:
    """A text, already normalised, and the pieces that there are -> the pieces of the text."""
    raise NotImplementedError
