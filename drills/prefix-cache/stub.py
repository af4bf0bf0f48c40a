class PrefixCache:
    """KV blocks for prompts; beginnings that are known need not be computed again."""

    def __init__(self, num_blocks: int, block_size: int):
        raise NotImplementedError

    def allocate(self, tokens: list[int], salt: str = "") -> tuple[list[int], int] | None:
        """The blocks of a prompt and how many of its tokens are cached, or None."""
        raise NotImplementedError

    def release(self, blocks: list[int]) -> None:
        """One user less for each of these blocks."""
        raise NotImplementedError
