def chunk(text: str, size: int, overlap: int = 0) -> list[tuple[int, int]]:
    """Spans (start, end) of at most `size` characters, made of whole sentences."""
    raise NotImplementedError
