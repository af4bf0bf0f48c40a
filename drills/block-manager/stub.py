"""The books of a paged KV cache: block tables, sharing, copy on write."""

from collections.abc import Hashable


class BlockManager:
    """Which physical blocks hold the keys and values of each sequence."""

    def __init__(self, num_blocks: int, block_size: int):
        raise NotImplementedError

    def allocate(self, seq: Hashable, length: int) -> None:
        """Blocks for the `length` tokens of a new sequence."""
        raise NotImplementedError

    def append(self, seq: Hashable) -> tuple[int, int] | None:
        """Room for one more token; (old, new) if a shared block must be copied."""
        raise NotImplementedError

    def fork(self, parent: Hashable, child: Hashable) -> None:
        """A child with the parent's tokens, in the parent's blocks."""
        raise NotImplementedError

    def free(self, seq: Hashable) -> None:
        """Forgets a sequence."""
        raise NotImplementedError

    def table(self, seq: Hashable) -> list[int]:
        """The blocks of a sequence, in the order of its tokens."""
        raise NotImplementedError

    def slot(self, seq: Hashable, position: int) -> int:
        """Where in the pool the token at `position` lies."""
        raise NotImplementedError

    def num_free(self) -> int:
        """How many blocks are free."""
        raise NotImplementedError
