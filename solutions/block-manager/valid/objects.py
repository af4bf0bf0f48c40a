"""Blocks and sequences as objects."""

from dataclasses import dataclass, field


@dataclass(eq=False)
class Block:
    number: int
    owners: set = field(default_factory=set)


@dataclass
class Sequence:
    blocks: list = field(default_factory=list)
    length: int = 0


class BlockManager:
    def __init__(self, num_blocks, block_size):
        self.blocks = [Block(number) for number in range(num_blocks)]
        self.block_size = block_size
        self.known = {}

    def _unowned(self):
        return [block for block in self.blocks if not block.owners]

    def _give(self, seq, count):
        available = self._unowned()
        if count > len(available):
            raise MemoryError
        for block in available[:count]:
            block.owners.add(seq)
        return available[:count]

    def allocate(self, seq, length):
        if seq in self.known:
            raise ValueError(seq)
        whole, rest = divmod(length, self.block_size)
        self.known[seq] = Sequence(self._give(seq, whole + (rest > 0)), length)

    def append(self, seq):
        entry = self.known[seq]
        result = None
        room = len(entry.blocks) * self.block_size - entry.length
        if room == 0:
            entry.blocks += self._give(seq, 1)
        elif len(entry.blocks[-1].owners) > 1:
            before = entry.blocks[-1]
            (after,) = self._give(seq, 1)
            before.owners.remove(seq)
            entry.blocks[-1] = after
            result = (before.number, after.number)
        entry.length += 1
        return result

    def fork(self, parent, child):
        original = self.known[parent]
        if child in self.known:
            raise ValueError(child)
        for block in original.blocks:
            block.owners.add(child)
        self.known[child] = Sequence(list(original.blocks), original.length)

    def free(self, seq):
        for block in self.known.pop(seq).blocks:
            block.owners.discard(seq)

    def table(self, seq):
        return [block.number for block in self.known[seq].blocks]

    def slot(self, seq, position):
        entry = self.known[seq]
        if position not in range(entry.length):
            raise IndexError(position)
        return (
            entry.blocks[position // self.block_size].number * self.block_size
            + position % self.block_size
        )

    def num_free(self):
        return len(self._unowned())
