"""The reference beside a pool of real tokens: what is read through the tables is what was written."""

from __future__ import annotations

import random
from collections import Counter

import pytest


@pytest.fixture
def drill(reference):
    return reference("block-manager")


class Pool:
    """Tokens in slots; sequences are kept apart as plain lists to compare with."""

    def __init__(self, drill, blocks: int, size: int):
        self.manager = drill.BlockManager(blocks, size)
        self.blocks, self.size = blocks, size
        self.slots: list[object] = [None] * (blocks * size)
        self.texts: dict[int, list[object]] = {}

    def write(self, name: int, position: int, token: object) -> None:
        self.slots[self.manager.slot(name, position)] = token

    def allocate(self, name: int, tokens: list[object]) -> None:
        self.manager.allocate(name, len(tokens))
        for position, token in enumerate(tokens):
            self.write(name, position, token)
        self.texts[name] = tokens

    def append(self, name: int, token: object) -> None:
        copied = self.manager.append(name)
        if copied is not None:
            old, new = (block * self.size for block in copied)
            self.slots[new : new + self.size] = self.slots[old : old + self.size]
        self.write(name, len(self.texts[name]), token)
        self.texts[name].append(token)

    def fork(self, name: int, child: int) -> None:
        self.manager.fork(name, child)
        self.texts[child] = list(self.texts[name])

    def free(self, name: int) -> None:
        self.manager.free(name)
        del self.texts[name]

    def check(self) -> None:
        for name, text in self.texts.items():
            assert [self.slots[self.manager.slot(name, i)] for i in range(len(text))] == text
            assert len(self.manager.table(name)) == -(-len(text) // self.size)
        used = Counter(block for name in self.texts for block in self.manager.table(name))
        assert self.manager.num_free() == self.blocks - len(used)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(("blocks", "size"), [(8, 1), (12, 3), (30, 4)])
def test_every_sequence_reads_back_what_it_wrote(drill, blocks, size, seed):
    choose = random.Random(seed)
    pool = Pool(drill, blocks, size)
    full = 0
    for step in range(400):
        names = list(pool.texts)
        name = choose.choice(names) if names else None
        try:
            match choose.randrange(10):
                case 0 | 1:
                    pool.allocate(step, [f"{step}.{i}" for i in range(choose.randrange(3 * size))])
                case 2 if name is not None:
                    pool.fork(name, step)
                case 3 if name is not None:
                    pool.free(name)
                case _ if name is not None:
                    pool.append(name, f"{step}")
        except MemoryError:
            full += 1
            pool.free(choose.choice(names))
        pool.check()
    assert full > 0
    for name in list(pool.texts):
        pool.free(name)
    assert pool.manager.num_free() == blocks
