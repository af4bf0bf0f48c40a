"""Hidden tests of `TokenBucket`: times and rates are sums of powers of two, so every comparison is exact."""

from llmprep.judge.probes import Tools, probe


@probe(en="It begins full, and only n are taken", zh="一开始是满的，只取 n 个")
def begins_full(impl, t: Tools):
    bucket, _ = limiter(impl, 2, 8)
    small, _ = limiter(impl, 2, 0.5)
    return [[bucket.allow(n) for n in (5, 4, 3, 1)], [small.allow(n) for n in (1, 0.5, 0.5)]]


@probe(en="It refills with time, fractions included", zh="随时间补充，包括小数部分")
def refills(impl, t: Tools):
    seen = []
    bucket, clock = limiter(impl, 0.5, 4)
    seen.append(bucket.allow(4))
    for _ in range(8):
        clock.now += 0.75
        seen.append(bucket.allow())
    bucket, clock = limiter(impl, 8, 4)
    seen.append(bucket.allow(3.5))
    for seconds in (0.0625, 0.03125, 0.03125, 0.125):
        clock.now += seconds
        seen += [bucket.allow(1.25), bucket.allow(0.25)]
    return seen


@probe(en="It never holds more than its capacity", zh="不超过容量")
def never_overflows(impl, t: Tools):
    bucket, clock = limiter(impl, 4, 10)
    seen = [bucket.allow(2)]
    clock.now += 1000.0
    seen += [bucket.allow(7), bucket.allow(4), bucket.allow(3), bucket.allow(0.5)]
    clock.now += 0.25
    return [*seen, bucket.allow(2), bucket.allow(1)]


@probe(en="A refused request costs nothing", zh="被拒绝的请求不花令牌")
def refusals(impl, t: Tools):
    bucket, clock = limiter(impl, 1, 4)
    seen = [bucket.allow(3)]
    for _ in range(3):
        clock.now += 0.5
        seen += [bucket.allow(4), bucket.allow(100), bucket.wait_time(4)]
    return [*seen, bucket.allow(2.5), bucket.allow(0.25)]


@probe(en="How long to wait", zh="要等多久")
def waiting(impl, t: Tools):
    bucket, clock = limiter(impl, 4, 16)
    seen = [bucket.wait_time(), bucket.wait_time(16), bucket.wait_time(16.5), bucket.allow(15)]
    seen += [bucket.wait_time(n) for n in (1, 2, 9, 0, 16, 17)]
    clock.now += 1.25
    seen += [bucket.wait_time(n) for n in (1, 6, 6.5, 9)]
    clock.now += bucket.wait_time(9)
    return [*seen, bucket.allow(9), bucket.allow(0.125), bucket.wait_time()]


@probe(en="A clock that steps back", zh="会倒退的时钟")
def stepping_back(impl, t: Tools):
    bucket, clock = limiter(impl, 2, 8, start=100.0)
    seen = [bucket.allow(8)]
    for now in (101.0, 50.0, 100.5, 101.0, 101.25, 99.0, 102.0):
        clock.now = now
        seen += [bucket.wait_time(2), bucket.allow(1), bucket.wait_time(8)]
    return seen


@probe(en="The clock is read once per call, and none other", zh="每次调用只读一次时钟，且只读它")
def readings(impl, t: Tools):
    bucket, clock = limiter(impl, 1, 4)
    before, clock.step = clock.readings, 1.0
    seen = [bucket.allow(4), bucket.allow(2), bucket.wait_time(2), bucket.allow(2), bucket.wait_time(4)]
    return [seen, clock.readings - before]


@probe(en="What is not allowed", zh="不合法的参数")
def errors(impl, t: Tools):
    bucket, _ = limiter(impl, 1, 2)
    bucket.allow(2)
    wrong = [(0, 1), (-1, 1), (1, 0), (1, -2)]
    return [
        *(t.raises(lambda pair=pair: impl.TokenBucket(*pair), ValueError) for pair in wrong),
        t.raises(lambda: bucket.allow(-1), ValueError),
        t.raises(lambda: bucket.wait_time(-0.5), ValueError),
        [bucket.allow(0), bucket.wait_time(0), bucket.allow(0.5)],
    ]


@probe(en="Random traffic, and the clock of the system", zh="随机请求，以及系统时钟")
def traffic(impl, t: Tools):
    seen = []
    for rate, capacity in ((0.25, 3), (2, 16), (16, 5.5)):
        bucket, clock = limiter(impl, rate, capacity, start=-7.0)
        for cost, pause in t.randint(0, 8, 40, 2).tolist():
            clock.now += pause / 4
            seen += [bucket.allow(cost / 2), bucket.wait_time(cost)]
    slow = impl.TokenBucket(2.0**-30, 3)
    return [seen, [slow.allow() for _ in range(4)], type(seen[0]).__name__]


class Clock:
    """Shows what it is told, and moves on by `step` at every reading."""

    def __init__(self, now: float):
        self.now, self.step, self.readings = now, 0.0, 0

    def __call__(self) -> float:
        self.readings += 1
        self.now += self.step
        return self.now


def limiter(impl, rate: float, capacity: float, start: float = 64.0):
    clock = Clock(start)
    return impl.TokenBucket(rate, capacity, clock), clock
