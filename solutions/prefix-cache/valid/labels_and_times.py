import heapq


class PrefixCache:
    """Nodes of a trie as keys, and a heap of times with lazy deletion."""

    def __init__(self, num_blocks, block_size):
        self.size = block_size
        self.tries = {}
        self.block = [
            {"users": 0, "since": n, "node": None} for n in range(num_blocks)
        ]
        self.free = num_blocks
        self.heap = [(n, n) for n in range(num_blocks)]
        self.clock = num_blocks

    def allocate(self, tokens, salt=""):
        n = len(tokens)
        node = self.tries.setdefault(salt, {"next": {}, "block": None})
        nodes = []
        for start in range(0, n - n % self.size, self.size):
            tuple_of = tuple(tokens[start : start + self.size])
            node = node["next"].setdefault(
                tuple_of, {"next": {}, "block": None}
            )
            nodes.append(node)
        blocks = []
        while len(blocks) < (n - 1) // self.size:
            if nodes[len(blocks)]["block"] is None:
                break
            blocks.append(nodes[len(blocks)]["block"])
        cached = len(blocks) * self.size
        idle = [b for b in blocks if self.block[b]["users"] == 0]
        total = (n + self.size - 1) // self.size
        if total - len(blocks) > self.free - len(idle):
            return None
        self.free -= len(idle) + total - len(blocks)
        for b in blocks:
            self.block[b]["users"] += 1
        for i in range(len(blocks), total):
            while True:
                since, b = heapq.heappop(self.heap)
                entry = self.block[b]
                if entry["users"] == 0 and entry["since"] == since:
                    break
            if entry["node"] is not None:
                entry["node"]["block"] = None
            entry["node"] = None
            entry["users"] = 1
            if i < len(nodes) and nodes[i]["block"] is None:
                nodes[i]["block"] = b
                entry["node"] = nodes[i]
            blocks.append(b)
        return blocks, cached

    def release(self, blocks):
        for b in blocks:
            if not self.block[b]["users"]:
                raise ValueError(b)
        for b in blocks[::-1]:
            entry = self.block[b]
            entry["users"] -= 1
            if not entry["users"]:
                self.clock += 1
                entry["since"] = self.clock
                heapq.heappush(self.heap, (self.clock, b))
                self.free += 1
