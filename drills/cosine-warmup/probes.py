"""Hidden tests of `lr_at`: warm-up, total and both rates are drawn, and both ends are looked at closely."""

from llmprep.judge.probes import Tools, probe


def rates(t: Tools):
    """A peak, and a minimum that is neither zero nor negligible beside it."""
    peak = t.integer(20, 90) * 1e-5
    return peak, peak * t.integer(10, 40) / 100


@probe(en="A whole run", zh="完整的一程")
def whole_run(impl, t: Tools):
    warmup, total = t.integer(3, 8), t.integer(20, 30)
    peak, low = rates(t)
    return [impl.lr_at(step, warmup, total, peak, low) for step in range(total + 4)]


@probe(en="Warm-up: 0 at step 0, then a straight line", zh="warmup：第 0 步为 0，之后是直线")
def warm_up(impl, t: Tools):
    warmup, (peak, low) = t.integer(5, 12), rates(t)
    return [impl.lr_at(step, warmup, 100, peak, low) for step in (0, 1, 2, warmup - 1)]


@probe(en="The peak and the steps around it", zh="峰值及其前后")
def around_the_peak(impl, t: Tools):
    warmup, (peak, low) = t.integer(4, 9), rates(t)
    return [impl.lr_at(warmup + offset, warmup, warmup + 6, peak, low) for offset in (-1, 0, 1)]


@probe(en="Half-way, and the last steps", zh="正中间，以及最后几步")
def half_way(impl, t: Tools):
    warmup, half, (peak, low) = t.integer(2, 9), t.integer(5, 9), rates(t)
    total = warmup + 2 * half
    steps = (warmup + half, warmup + half + 1, total - 1, total)
    return [impl.lr_at(step, warmup, total, peak, low) for step in steps]


@probe(en="Long after the end", zh="结束很久之后")
def after_the_end(impl, t: Tools):
    peak, low = rates(t)
    return [impl.lr_at(step, 5, 20, peak, low) for step in (20, 21, 34, 35, 50, 10**6)]


@probe(en="No warm-up", zh="没有 warmup")
def no_warm_up(impl, t: Tools):
    peak, low = rates(t)
    return [impl.lr_at(step, 0, 7, peak, low) for step in range(9)]


@probe(en="Nothing but warm-up, and no steps at all", zh="全程都是 warmup，以及总步数为 0")
def only_warm_up(impl, t: Tools):
    peak, low = rates(t)
    return [[impl.lr_at(step, 6, 6, peak, low) for step in range(9)], impl.lr_at(0, 0, 0, peak, low)]


@probe(en="The default minimum, and a minimum equal to the peak", zh="默认的最小值，以及最小值等于峰值")
def other_minimum(impl, t: Tools):
    peak, _ = rates(t)
    steps = (1, 4, 9, 11, 12, 13)
    return [
        [impl.lr_at(step, 4, 12, peak) for step in steps],
        [impl.lr_at(step=step, warmup_steps=4, total_steps=12, peak_lr=peak, min_lr=peak) for step in steps],
    ]


@probe(en="Steps in any order", zh="以任意顺序询问")
def any_order(impl, t: Tools):
    peak, low = rates(t)
    return [impl.lr_at(step, 4, 15, peak, low) for step in (9, 2, 16, 5, 9, 0, 14)]
