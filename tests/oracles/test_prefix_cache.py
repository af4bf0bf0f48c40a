"""`PrefixCache` against blocks labelled with their whole prefix, searched one by one."""

from __future__ import annotations

import random

import pytest


class Labelled:
    def __init__(self, num_blocks: int, size: int):
        self.size, self.now = size, 0
        self.label: list[tuple | None] = [None] * num_blocks
        self.users = [0] * num_blocks
        self.free_since = list(range(-num_blocks, 0))

    def allocate(self, tokens: list[int], salt: str):
        labels = [(salt, tuple(tokens[:end])) for end in range(self.size, len(tokens) + 1, self.size)]
        blocks: list[int] = []
        for label in labels:
            if label not in self.label or len(label[1]) == len(tokens):
                break
            blocks.append(self.label.index(label))
        cached = len(blocks) * self.size
        free = [b for b in range(len(self.users)) if self.users[b] == 0 and b not in blocks]
        free.sort(key=self.free_since.__getitem__)
        missing = (len(tokens) + self.size - 1) // self.size - len(blocks)
        if missing > len(free):
            return None
        for block in free[:missing]:
            self.label[block] = None
            label = labels[len(blocks)] if len(blocks) < len(labels) else None
            self.label[block] = None if label in self.label else label
            blocks.append(block)
        for block in blocks:
            self.users[block] += 1
        return blocks, cached

    def release(self, blocks: list[int]):
        for block in reversed(blocks):
            self.now += 1
            self.users[block] -= 1
            self.free_since[block] = self.now


@pytest.mark.parametrize("seed", range(40))
def test_equals_labelled_blocks(reference, seed):
    draw = random.Random(seed)
    num_blocks, size = draw.randint(2, 12), draw.randint(1, 4)
    ours = reference("prefix-cache").PrefixCache(num_blocks, size)
    theirs, held, hits = Labelled(num_blocks, size), [], 0
    for _ in range(150):
        if held and draw.random() < 0.5:
            blocks = held.pop(draw.randrange(len(held)))
            ours.release(blocks)
            theirs.release(blocks)
            continue
        prompt, salt = draw.choices([0, 1], k=draw.randint(1, 4 * size)), draw.choice("aab")
        got = ours.allocate(prompt, salt)
        assert got == theirs.allocate(prompt, salt)
        if got:
            held.append(got[0])
            hits += got[1]
    assert hits > 0
