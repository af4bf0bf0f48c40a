"""Hidden tests of the fits: noisy losses, so that every way of weighing the points gives another line."""

from llmprep.judge.probes import Tools, probe


@probe(en="Noisy losses over small sizes", zh="带噪声的 loss，规模较小")
def noisy(impl, t: Tools):
    return [impl.fit_power_law(*curve(t, n, 0.0, 3.0, 0.4, noise=0.3)) for n in (3, 6, 11)]


@probe(en="Sizes from 10¹⁸ to 10²⁵", zh="规模从 10¹⁸ 到 10²⁵")
def large_sizes(impl, t: Tools):
    xs = [10.0 ** (18 + 7 * u) for u in t.rand(8).tolist()]
    ys = [40.0 * x**-0.05 * (1 + 0.1 * e) for x, e in zip(xs, t.randn(8).tolist(), strict=True)]
    return impl.fit_power_law(xs, ys)


@probe(en="Two points, equal sizes, a rising curve", zh="只有两个点、规模有重复、上升的曲线")
def few_points(impl, t: Tools):
    low, high = 1.0 + t.rand(1).item(), 5.0 + t.rand(1).item()
    return [
        impl.fit_power_law([2.0, 50.0], [high, low]),
        impl.fit_power_law([2.0, 50.0], [low, high]),
        impl.fit_power_law([3.0, 3.0, 3.0, 70.0], [low, high, 2.0, 0.5]),
        impl.fit_power_law([1.0, 10.0], [0.5, 0.02]),
    ]


@probe(en="A floor out of a grid", zh="从网格里选下限")
def floors(impl, t: Tools):
    grid = [0.0, 0.8, 1.2, 1.6, 1.9]
    return [
        impl.fit_with_floor(*curve(t, 9, floor, 6.0, 0.5, noise=0.01), grid) for floor in (0.8, 1.2, 1.6, 0.0)
    ]


@probe(en="The error is that of y, not of log(y − E)", zh="误差按 y 算，不按 log(y − E)")
def which_error(impl, t: Tools):
    grid = [1.9, 0.3, 1.5, 0.0, 1.1, 1.7, 0.7, 1.3]
    curves = [curve(t, 6, 2.0, 9.0, 0.7, noise=0.7) for _ in range(40)]
    return [impl.fit_with_floor(xs, ys, grid) for xs, ys in curves]


@probe(en="Floors that lie too high, in any order", zh="过高的下限，顺序任意")
def floors_too_high(impl, t: Tools):
    xs, ys = curve(t, 7, 1.5, 4.0, 0.6, noise=0.01)
    return [
        impl.fit_with_floor(xs, ys, [9.0, 1.4, 50.0, 0.2]),
        impl.fit_with_floor(xs, ys, [0.2, 1.4, min(ys), 2.5]),
        impl.fit_with_floor(xs, ys, [-2.0, 30.0]),
        impl.fit_with_floor(xs, ys, [0.0]),
    ]


@probe(en="What cannot be fitted", zh="无法拟合的情形")
def errors(impl, t: Tools):
    xs, ys = curve(t, 5, 1.0, 4.0, 0.6, noise=0.01)
    return [
        t.raises(lambda: impl.fit_power_law([7.0], [2.0])),
        t.raises(lambda: impl.fit_power_law([7.0, 7.0, 7.0], [2.0, 3.0, 2.5])),
        t.raises(lambda: impl.fit_power_law([], [])),
        t.raises(lambda: impl.fit_with_floor(xs, ys, [])),
        t.raises(lambda: impl.fit_with_floor(xs, ys, [min(ys), 8.0])),
        t.raises(lambda: impl.fit_with_floor([7.0, 7.0], [2.0, 3.0], [0.5])),
    ]


def curve(t: Tools, n: int, floor: float, a: float, b: float, noise: float):
    """n sizes between 1 and 10³ in no order, the smallest and largest always there, and noisy losses."""
    xs = [10.0 ** (3 * u) for u in t.rand(n - 2).tolist()]
    xs = [1000.0, *xs, 1.0]
    ys = [floor + a * x**-b * (1 + noise * e) for x, e in zip(xs, t.rand(n, low=-1).tolist(), strict=True)]
    return xs, ys
