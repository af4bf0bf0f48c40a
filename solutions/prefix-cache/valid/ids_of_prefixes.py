class PrefixCache:
    """Prefixes are numbered: (number of the prefix before, tokens) → number."""

    def __init__(self, num_blocks, block_size):
        self.block_size = block_size
        self.numbers = {}
        self.holder = {}
        self.held = {}
        self.users = dict.fromkeys(range(num_blocks), 0)
        self.pool = dict.fromkeys(range(num_blocks))

    def allocate(self, tokens, salt=""):
        size, prefix, prefixes = self.block_size, salt, []
        for i in range(len(tokens) // size):
            part = (prefix, *tokens[i * size : (i + 1) * size])
            prefix = self.numbers.setdefault(part, len(self.numbers))
            prefixes.append(prefix)
        blocks = []
        for prefix in prefixes:
            if prefix not in self.holder or (len(blocks) + 1) * size >= len(
                tokens
            ):
                break
            blocks.append(self.holder[prefix])
        cached = len(blocks) * size
        before = dict(self.pool)
        for block in blocks:
            self.pool.pop(block, None)
        fresh = (len(tokens) + size - 1) // size - len(blocks)
        if fresh > len(self.pool):
            self.pool = before
            return None
        front = iter(self.pool)
        taken = [next(front) for _ in range(fresh)]
        for block in taken:
            del self.pool[block]
            self.holder.pop(self.held.pop(block, None), None)
            if len(blocks) < len(prefixes):
                prefix = prefixes[len(blocks)]
                if self.holder.setdefault(prefix, block) == block:
                    self.held[block] = prefix
            blocks.append(block)
        for block in blocks:
            self.users[block] += 1
        return blocks, cached

    def release(self, blocks):
        if min((self.users[block] for block in blocks), default=1) < 1:
            raise ValueError("not in use")
        for block in blocks:
            self.users[block] -= 1
        self.pool.update({b: None for b in blocks[::-1] if not self.users[b]})
