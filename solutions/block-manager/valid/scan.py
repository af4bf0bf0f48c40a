"""Keeps no counts: who uses a block is read from the tables."""


class BlockManager:
    def __init__(self, num_blocks, block_size):
        self.total, self.size, self.sequences = num_blocks, block_size, {}

    def _used(self):
        return {
            block for blocks, _ in self.sequences.values() for block in blocks
        }

    def _pick(self, count):
        used = self._used()
        free = [block for block in range(self.total) if block not in used]
        if len(free) < count:
            raise MemoryError("out of blocks")
        return free[:count]

    def _new(self, seq):
        if seq in self.sequences:
            raise ValueError(seq)

    def allocate(self, seq, length):
        self._new(seq)
        blocks = self._pick((length + self.size - 1) // self.size)
        self.sequences[seq] = (blocks, length)

    def append(self, seq):
        blocks, length = self.sequences[seq]
        if length == len(blocks) * self.size:
            self.sequences[seq] = (blocks + self._pick(1), length + 1)
            return None
        last = blocks[-1]
        if sum(last in others for others, _ in self.sequences.values()) == 1:
            self.sequences[seq] = (blocks, length + 1)
            return None
        [fresh] = self._pick(1)
        self.sequences[seq] = ([*blocks[:-1], fresh], length + 1)
        return last, fresh

    def fork(self, parent, child):
        self._new(child)
        blocks, length = self.sequences[parent]
        self.sequences[child] = (list(blocks), length)

    def free(self, seq):
        self.sequences.pop(seq)

    def table(self, seq):
        return self.sequences[seq][0].copy()

    def slot(self, seq, position):
        blocks, length = self.sequences[seq]
        if position < 0 or position >= length:
            raise IndexError(position)
        return blocks[position // self.size] * self.size + position % self.size

    def num_free(self):
        return self.total - len(self._used())
