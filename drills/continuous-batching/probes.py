"""Hidden tests of `Scheduler`: the batch of every step, so that who ran when can be compared."""

from llmprep.judge.probes import Tools, probe


@probe(en="Random requests, added as it runs", zh="随机请求，边跑边来")
def values(impl, t: Tools):
    return [traffic(impl, t, 5, 40, 60), traffic(impl, t, 4, 24, 33)]


@probe(en="One request", zh="只有一个请求")
def alone(impl, t: Tools):
    return [
        run(impl, (3, 20, 20), [("a", 5, 4)]),
        run(impl, (1, 9, 12), [("a", 9, 1)]),
        run(impl, (2, 8, 8), [("a", 1, 8)]),
        run(impl, (2, 8, 8), []),
    ]


@probe(en="A place is given on at once", zh="空出位置立即补上")
def places(impl, t: Tools):
    requests = [("a", 3, 2), ("b", 4, 6), ("c", 2, 1), ("d", 5, 3), ("e", 1, 4)]
    return [run(impl, (places, 100, 1000), requests) for places in (1, 2, 3, 5)]


@probe(en="The budget of tokens", zh="token 预算")
def token_budget(impl, t: Tools):
    requests = [("a", 6, 5), ("b", 4, 3), ("c", 9, 2), ("d", 2, 4), ("e", 7, 1)]
    return [run(impl, (8, budget, 1000), requests) for budget in range(10, 30, 2)]


@probe(en="Nobody overtakes", zh="不许插队")
def overtaking(impl, t: Tools):
    requests = [("a", 2, 9), ("long", 11, 2), ("c", 2, 2), ("d", 1, 2), ("e", 3, 2)]
    return [run(impl, limits, requests) for limits in ((6, 12, 1000), (6, 50, 14), (6, 12, 20))]


@probe(en="The cache fills up", zh="cache 用满")
def preemption(impl, t: Tools):
    requests = [("a", 4, 8), ("b", 3, 9), ("c", 2, 7), ("d", 5, 3)]
    return [run(impl, (8, 40, kv), requests) for kv in range(11, 32)]


@probe(en="Several give way in one step", zh="一步抢占多个")
def several_preempted(impl, t: Tools):
    many = [(name, 1, 8) for name in "abcdefg"]
    short_last = [("a", 9, 4), ("b", 8, 5), *[(name, 1, 6) for name in "cdef"]]
    return [
        *[run(impl, (7, 40, kv), many) for kv in (9, 13, 20)],
        *[run(impl, (8, 40, kv), short_last) for kv in (23, 25, 27)],
    ]


@probe(en="A preempted request behind the budget", zh="被抢占的请求受预算限制")
def return_under_budget(impl, t: Tools):
    requests = [("a", 3, 7), ("b", 4, 6), ("c", 2, 8), ("d", 3, 3)]
    return [run(impl, (3, budget, kv), requests) for budget in (9, 10, 11) for kv in (12, 15, 18)]


@probe(en="Too large to fit", zh="大到放不下")
def refused(impl, t: Tools):
    seen = []
    for limits in ((2, 10, 30), (2, 30, 10)):
        scheduler = impl.Scheduler(*limits)
        for prompt, new in ((11, 1), (10, 2), (4, 8), (10, 1), (4, 7)):
            seen.append(t.raises(lambda s=scheduler, p=prompt, n=new: s.add("x", p, n), ValueError))
        seen.append([scheduler.step() for _ in range(12)])
    return seen


@probe(en="Idle, then busy again; two schedulers", zh="空闲后再来请求；两个调度器")
def idle_between(impl, t: Tools):
    first, second = impl.Scheduler(2, 10, 16), impl.Scheduler(3, 12, 12)
    seen = [first.step()]
    for scheduler in (first, second):
        scheduler.add("a", 4, 2)
    for _ in range(4):
        seen += [first.step(), second.step()]
    first.add("a", 3, 3)
    second.add("b", 6, 1)
    seen += [first.step(), second.step()]
    second.add("c", 5, 2)
    for _ in range(3):
        seen += [first.step(), second.step()]
    return [list(batch) for batch in seen]


def run(impl, limits, requests, steps: int = 60):
    """The batches of all steps until there is nothing left to do."""
    scheduler = impl.Scheduler(*limits).raw  # without the wrapper: so many calls would take long
    for request in requests:
        scheduler.add(*request)
    return batches(scheduler, steps)


def batches(scheduler, steps: int):
    seen = []
    for _ in range(steps):
        seen.append([tuple(entry) for entry in scheduler.step()])
        if not seen[-1]:
            break
    return seen


def traffic(impl, t: Tools, places: int, budget: int, kv: int):
    scheduler = impl.Scheduler(places, budget, kv).raw
    seen = []
    for n, (prompt, new, pause) in enumerate(t.randint(0, 10, 14, 3).tolist()):
        scheduler.add(f"r{n}", 1 + prompt * 13 // 9, 1 + new)
        seen += [[tuple(entry) for entry in scheduler.step()] for _ in range(pause // 4)]
    return seen + batches(scheduler, 200)
