"""Hidden tests of `BlockManager`: tables, slots and free blocks after every step, and what failures leave."""

from llmprep.judge.probes import Tools, probe


def state(manager, *names):
    """Tables and free blocks, as one sees them from outside."""
    return [[int(block) for block in manager.table(name)] for name in names] + [int(manager.num_free())]


def pair(copied):
    return None if copied is None else [int(block) for block in copied]


@probe(en="Blocks for a prompt", zh="为 prompt 分配块")
def prompts(impl, t: Tools):
    results = []
    for size in (1, 3, 4):
        manager = impl.BlockManager(20, size)
        names = []
        for length in (0, 1, size, size + 1, 2 * size):
            manager.allocate(f"s{length}-{len(names)}", length)
            names.append(f"s{length}-{len(names)}")
        results.append(state(manager, *names))
    return results


@probe(en="Token after token", zh="逐个 token 追加")
def growing(impl, t: Tools):
    manager = impl.BlockManager(12, 3)
    manager.allocate("a", 5)
    manager.allocate("b", 0)
    seen = []
    for step in range(8):
        seen.append([pair(manager.append("a")), pair(manager.append("b")), *state(manager, "a", "b")])
        seen.append([manager.slot("a", 5 + step), manager.slot("b", step)])
    return seen


@probe(en="Freed blocks are used again, the smallest first", zh="释放的块会再用，先用编号最小的")
def reuse(impl, t: Tools):
    manager = impl.BlockManager(9, 2)
    for name, length in (("a", 4), ("b", 3), ("c", 5)):
        manager.allocate(name, length)
    seen = [state(manager, "a", "b", "c")]
    manager.free("b")
    manager.free("a")
    manager.allocate("d", 3)
    manager.allocate("b", 6)
    seen.append(state(manager, "b", "c", "d"))
    for name in ("c", "b", "d"):
        manager.free(name)
    manager.allocate("e", 18)
    return [*seen, state(manager, "e")]


@probe(en="A fork shares, and the first to write copies", zh="fork 共享块，先写的一方复制")
def forks(impl, t: Tools):
    manager = impl.BlockManager(10, 4)
    manager.allocate("a", 6)
    manager.fork("a", "b")
    seen = [state(manager, "a", "b")]
    seen.append([pair(manager.append("b")), *state(manager, "a", "b")])  # copies
    seen.append([pair(manager.append("a")), *state(manager, "a", "b")])  # alone by now
    seen.append([pair(manager.append("b")), *state(manager, "a", "b")])
    seen.append([manager.slot("a", 6), manager.slot("b", 6), manager.slot("b", 3)])
    return seen


@probe(en="Three share a block", zh="三个序列共享一块")
def three(impl, t: Tools):
    manager = impl.BlockManager(10, 3)
    manager.allocate("a", 5)
    manager.fork("a", "b")
    manager.fork("b", "c")
    seen = [[pair(manager.append(name)), *state(manager, "a", "b", "c")] for name in ("c", "a", "b")]
    seen.append([pair(manager.append(name)) for name in ("a", "b", "c")])
    manager.free("a")
    seen.append(state(manager, "b", "c"))
    manager.free("c")
    seen.append(state(manager, "b"))
    manager.free("b")
    return [*seen, manager.num_free()]


@probe(en="A full block that is shared is not copied", zh="共享的满块不复制")
def full_shared(impl, t: Tools):
    manager = impl.BlockManager(10, 2)
    manager.allocate("a", 4)
    manager.fork("a", "b")
    seen = [[pair(manager.append(name)), *state(manager, "a", "b")] for name in ("a", "b", "a", "b")]
    manager.fork("b", "c")  # both of b's own block and the first two are shared now
    seen.append([pair(manager.append("b")), *state(manager, "a", "b", "c")])
    manager.allocate("empty", 0)
    manager.fork("empty", "d")
    return [*seen, pair(manager.append("d")), pair(manager.append("empty")), state(manager, "d", "empty")]


@probe(en="The parent goes first", zh="parent 先释放")
def parent_first(impl, t: Tools):
    manager = impl.BlockManager(6, 2)
    manager.allocate("a", 3)
    manager.fork("a", "b")
    manager.free("a")
    seen = [state(manager, "b"), pair(manager.append("b"))]
    manager.allocate("a", 2)
    seen.append(state(manager, "a", "b"))
    manager.free("b")
    return [*seen, state(manager, "a")]


@probe(en="Out of blocks: an error, and nothing has changed", zh="块不够：报错，且什么都没变")
def too_few(impl, t: Tools):
    manager = impl.BlockManager(4, 2)
    manager.allocate("a", 3)
    seen = [t.raises(lambda: manager.allocate("b", 5), MemoryError), state(manager, "a")]
    manager.allocate("b", 4)  # the failure left neither name nor blocks
    seen.append([pair(manager.append("a")), *state(manager, "a", "b")])
    seen += [t.raises(lambda: manager.append("a"), MemoryError), state(manager, "a")]
    seen.append(t.raises(lambda: manager.slot("a", 4), IndexError))
    manager.free("b")
    return [*seen, pair(manager.append("a")), manager.slot("a", 4), state(manager, "a")]


@probe(en="No block for a copy: nothing has changed", zh="没有块可复制：什么都没变")
def no_copy(impl, t: Tools):
    manager = impl.BlockManager(3, 2)
    manager.allocate("a", 3)
    manager.fork("a", "b")
    manager.allocate("c", 1)
    seen = [t.raises(lambda: manager.append("b"), MemoryError), state(manager, "a", "b", "c")]
    manager.free("c")
    seen.append([pair(manager.append("b")), pair(manager.append("a")), *state(manager, "a", "b")])
    return [*seen, [manager.slot("a", 3), manager.slot("b", 3)]]


@probe(en="Names and positions that are wrong", zh="错误的名字与位置")
def wrong_names(impl, t: Tools):
    manager = impl.BlockManager(8, 2)
    manager.allocate("a", 3)
    manager.allocate(("b", 1), 2)
    calls = [
        (lambda: manager.allocate("a", 1), ValueError),
        (lambda: manager.fork("a", ("b", 1)), ValueError),
        (lambda: manager.fork("x", "y"), KeyError),
        (lambda: manager.append("x"), KeyError),
        (lambda: manager.free("x"), KeyError),
        (lambda: manager.table("x"), KeyError),
        (lambda: manager.slot("x", 0), KeyError),
        (lambda: manager.slot("a", 3), IndexError),
        (lambda: manager.slot("a", -1), IndexError),
    ]
    seen = [t.raises(call, error) for call, error in calls]
    manager.free("a")
    seen.append(t.raises(lambda: manager.free("a"), KeyError))
    return [*seen, t.raises(lambda: manager.table("y"), KeyError), state(manager, ("b", 1))]


@probe(en="The caller may change the list it gets", zh="调用者可以改动拿到的列表")
def own_list(impl, t: Tools):
    manager = impl.BlockManager(8, 2)
    manager.allocate("a", 4)
    manager.table("a").append(99)
    manager.fork("a", "b")
    manager.table("b").clear()
    manager.append("b")
    other = impl.BlockManager(5, 3)
    other.allocate("a", 2)
    return [state(manager, "a", "b"), state(other, "a")]


@probe(en="Random traffic", zh="随机操作")
def traffic(impl, t: Tools):
    manager = impl.BlockManager(14, 3)
    known, fresh, seen = [], 0, []
    for _ in range(60):
        kind = t.integer(0, 10)
        name = known[t.integer(0, len(known))] if known else None
        try:
            if name is None or (kind < 2 and len(known) < 5):
                manager.allocate(fresh, t.integer(0, 7))
                known.append(fresh)
                fresh += 1
            elif kind < 7:
                seen.append(pair(manager.append(name)))
            elif kind < 9 and len(known) < 6:
                manager.fork(name, fresh)
                known.append(fresh)
                fresh += 1
            else:
                manager.free(name)
                known.remove(name)
        except MemoryError:
            seen.append("full")
        seen.append(state(manager, *known))
    return seen
