"""Prefix caching by a hash chain over full KV blocks, as in vLLM."""

from collections import OrderedDict
from hashlib import sha256
from itertools import zip_longest


class PrefixCache:
    """KV blocks for prompts; known beginnings need not be computed again."""

    def __init__(self, num_blocks: int, block_size: int):
        self.block_size = block_size
        self.users = [0] * num_blocks
        self.known: dict[bytes, int] = {}
        self.key_of: list[bytes | None] = [None] * num_blocks
        # blocks without users, the one that is free for longest in front
        self.pool = OrderedDict.fromkeys(range(num_blocks))

    def allocate(
        self, tokens: list[int], salt: str = ""
    ) -> tuple[list[int], int] | None:
        """The blocks of a prompt and how many tokens are cached, or None."""
        keys = self._keys(tokens, salt)
        # someone must be computed, or there are no logits to sample from
        hits = self._longest_run(keys[: (len(tokens) - 1) // self.block_size])
        total = -(-len(tokens) // self.block_size)
        fresh = total - len(hits)
        if fresh > len(self.pool) - sum(block in self.pool for block in hits):
            return None
        for block in hits:
            self.pool.pop(block, None)
        blocks = hits.copy()
        for _, key in zip_longest(range(fresh), keys[len(hits) :]):
            blocks.append(self._take(key))
        for block in blocks:
            self.users[block] += 1
        return blocks, len(hits) * self.block_size

    def release(self, blocks: list[int]) -> None:
        """One user less for each of these blocks.

        Raises:
            ValueError: if one of them has no user.
        """
        if any(self.users[block] == 0 for block in blocks):
            raise ValueError(f"released twice: one of {blocks} has no user")
        # the end of a prompt is worth less than its beginning: it goes first
        for block in reversed(blocks):
            self.users[block] -= 1
            if self.users[block] == 0:
                self.pool[block] = None

    def _keys(self, tokens: list[int], salt: str) -> list[bytes]:
        """A key per full block, which covers all that comes before it."""
        keys, key = [], sha256(salt.encode()).digest()
        for end in range(self.block_size, len(tokens) + 1, self.block_size):
            block = tokens[end - self.block_size : end]
            key = sha256(key + repr(block).encode()).digest()
            keys.append(key)
        return keys

    def _longest_run(self, keys: list[bytes]) -> list[int]:
        hits = []
        for key in keys:
            if key not in self.known:
                break
            hits.append(self.known[key])
        return hits

    def _take(self, key: bytes | None) -> int:
        """A fresh block; it forgets its content and will hold that of key."""
        block, _ = self.pool.popitem(last=False)
        forgotten, self.key_of[block] = self.key_of[block], None
        if forgotten is not None:
            del self.known[forgotten]
        if key is not None and key not in self.known:
            self.known[key], self.key_of[block] = block, key
        return block
