"""Hidden tests of `LRUCache`: which key has gone is seen by asking for all of them, in the end."""

from llmprep.judge.probes import Tools, probe

ABSENT = "absent"


@probe(en="A hit makes a key recent", zh="命中使键变新")
def hits(impl, t: Tools):
    cache = filled(impl, 3, "abc")
    seen = [cache.get("a"), cache.get("zz"), cache.get("zz", 7)]
    cache.put("d", 4)
    return [seen, contents(cache, "abcd")]


@probe(en="A miss changes nothing", zh="未命中不改变任何东西")
def misses(impl, t: Tools):
    cache = filled(impl, 2, "ab")
    seen = [cache.get(key, ABSENT) for key in "xyz"]
    return [seen, len(cache), cache.get("x", ABSENT), contents(cache, "abx")]


@probe(en="The oldest goes", zh="淘汰最旧的")
def evictions(impl, t: Tools):
    cache = filled(impl, 3, "abcde")
    return [len(cache), contents(cache, "abcde")]


@probe(en="Changing a key that is there", zh="更新已有的键")
def updates(impl, t: Tools):
    cache = filled(impl, 3, "abc")
    cache.put("a", 10)
    cache.put("a", 11)
    sizes = [len(cache)]
    kept = contents(filled_then(impl, "abc", "b"), "abc")
    cache.put("d", 12)
    sizes.append(len(cache))
    return [sizes, kept, contents(cache, "abcd")]


@probe(en="Values that are None, 0 or empty", zh="值为 None、0 或空容器")
def empty_values(impl, t: Tools):
    cache = impl.LRUCache(4)
    for key, value in (("none", None), ("zero", 0), ("list", []), ("text", "")):
        cache.put(key, value)
    seen = [cache.get(key, ABSENT) for key in ("none", "zero")]
    cache.put("new", 1)
    cache.put("newer", 2)
    return [seen, [cache.get(key, ABSENT) for key in ("none", "zero", "list", "text", "new", "newer")]]


@probe(en="Capacity 0 and 1, and a negative one", zh="容量为 0、1 和负数")
def small_capacities(impl, t: Tools):
    nothing, one = impl.LRUCache(0), impl.LRUCache(1)
    for cache in (nothing, one):
        cache.put("a", 1)
        cache.put("b", 2)
        cache.put("b", 3)
    return [
        [len(nothing), contents(nothing, "ab")],
        [len(one), contents(one, "ab")],
        t.raises(lambda: impl.LRUCache(-1), ValueError),
    ]


@probe(en="Two caches, keys of other kinds", zh="两个缓存、其他类型的键")
def two_caches(impl, t: Tools):
    first, second = impl.LRUCache(2), impl.LRUCache(2)
    first.put((1, 2), "tuple")
    second.put(3, "number")
    first.put(frozenset("ab"), "set")
    return [[cache.get(key, ABSENT) for key in ((1, 2), 3, frozenset("ba"))] for cache in (first, second)]


@probe(en="Random traffic", zh="随机读写")
def traffic(impl, t: Tools):
    seen = []
    for capacity in (2, 4, 7):
        cache = impl.LRUCache(capacity)
        for step, (key, write) in enumerate(t.randint(0, 10, 120, 2).tolist()):
            if write < 5:
                cache.put(key, step)
            else:
                seen.append(cache.get(key, ABSENT))
        seen += [len(cache), contents(cache, range(10))]
    return seen


@probe(en="Keys are not searched for", zh="不逐个查找键")
def comparisons(impl, t: Tools):
    cache = filled(impl, 300, [CountingKey(number) for number in range(300)])
    CountingKey.looked_at = 0
    for number in (150, 299, 10, 151, 10):
        cache.get(CountingKey(number))
        cache.put(CountingKey(number), number)
        cache.put(CountingKey(number + 1000), number)
    return CountingKey.looked_at < 600


@probe(en="A large cache", zh="很大的缓存")
def large(impl, t: Tools):
    n = 12_000
    cache = impl.LRUCache(n).raw  # without the wrapper: so many calls would take seconds
    for number in range(2 * n):
        cache.put(number, number)
    for number in range(n, 2 * n, 2):
        cache.get(number)
    for number in range(n // 4):
        cache.put(-1 - number, number)
    return [
        len(cache),
        [cache.get(key, ABSENT) for key in (0, n - 1, n, n + 1, 2 * n - 1, -1, -n // 4, 1 - n)],
    ]


class CountingKey:
    """A key that counts how often keys are hashed or compared."""

    looked_at = 0

    def __init__(self, number: int):
        self.number = number

    def __hash__(self) -> int:
        CountingKey.looked_at += 1
        return hash(self.number)

    def __eq__(self, other: object) -> bool:
        CountingKey.looked_at += 1
        return isinstance(other, CountingKey) and self.number == other.number


def filled(impl, capacity: int, keys):
    cache = impl.LRUCache(capacity)
    for value, key in enumerate(keys):
        cache.put(key, value)
    return cache


def filled_then(impl, keys: str, again: str):
    """A full cache in which one key is set once more."""
    cache = filled(impl, len(keys), keys)
    cache.put(again, 99)
    return cache


def contents(cache, keys):
    return {str(key): cache.get(key, ABSENT) for key in keys}
