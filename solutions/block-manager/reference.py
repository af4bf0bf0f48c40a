"""The block manager of a paged KV cache (Kwon et al. 2023, §4.2–4.4)."""

import heapq
from collections.abc import Hashable


class BlockManager:
    """Which physical blocks hold the keys and values of each sequence."""

    def __init__(self, num_blocks: int, block_size: int):
        self.block_size = block_size
        self.free_blocks = list(range(num_blocks))  # a heap: smallest first
        self.users = [0] * num_blocks  # how many sequences have each block
        self.tables: dict[Hashable, list[int]] = {}
        self.lengths: dict[Hashable, int] = {}

    def allocate(self, seq: Hashable, length: int) -> None:
        """Blocks for the `length` tokens of a new sequence."""
        self._must_be_new(seq)
        needed = -(-length // self.block_size)  # rounded up
        if needed > self.num_free():
            raise MemoryError(f"{needed} blocks needed")
        self.tables[seq] = [self._take() for _ in range(needed)]
        self.lengths[seq] = length

    def append(self, seq: Hashable) -> tuple[int, int] | None:
        """Room for one more token; (old, new) if a block must be copied."""
        table, copy = self.tables[seq], None
        if self.lengths[seq] % self.block_size == 0:  # the last one is full
            table.append(self._take())
        elif self.users[table[-1]] > 1:  # shared: copy on write
            old, new = table[-1], self._take()
            self.users[old] -= 1
            table[-1] = new
            copy = (old, new)
        self.lengths[seq] += 1
        return copy

    def fork(self, parent: Hashable, child: Hashable) -> None:
        """A child with the parent's tokens, in the parent's blocks."""
        self._must_be_new(child)
        self.tables[child] = self.table(parent)
        self.lengths[child] = self.lengths[parent]
        for block in self.tables[child]:
            self.users[block] += 1

    def free(self, seq: Hashable) -> None:
        """Forgets a sequence."""
        del self.lengths[seq]
        for block in self.tables.pop(seq):
            self.users[block] -= 1
            if self.users[block] == 0:
                heapq.heappush(self.free_blocks, block)

    def table(self, seq: Hashable) -> list[int]:
        """The blocks of a sequence, in the order of its tokens."""
        return list(self.tables[seq])

    def slot(self, seq: Hashable, position: int) -> int:
        """Where in the pool the token at `position` lies."""
        if not 0 <= position < self.lengths[seq]:
            raise IndexError(f"no token at {position}")
        block, offset = divmod(position, self.block_size)
        return self.tables[seq][block] * self.block_size + offset

    def num_free(self) -> int:
        """How many blocks are free."""
        return len(self.free_blocks)

    def _must_be_new(self, seq: Hashable) -> None:
        if seq in self.tables:
            raise ValueError(f"{seq!r} is known")

    def _take(self) -> int:
        if not self.free_blocks:
            raise MemoryError("no block is free")
        block = heapq.heappop(self.free_blocks)
        self.users[block] = 1
        return block
