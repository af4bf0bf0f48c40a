"""Power laws by least squares on logarithms (the form of Kaplan et al. 2020),
and with an irreducible term, as in Hoffmann et al. 2022."""

import math
from statistics import fmean


def fit_power_law(xs: list[float], ys: list[float]) -> tuple[float, float]:
    """(a, b) of y ≈ a·x^(−b): a straight line through the logarithms."""
    if len(set(xs)) < 2:
        raise ValueError("a line needs two different sizes")
    u = [math.log(x) for x in xs]
    v = [math.log(y) for y in ys]
    u_mean, v_mean = fmean(u), fmean(v)
    covariance = sum(
        (p - u_mean) * (q - v_mean) for p, q in zip(u, v, strict=True)
    )
    slope = covariance / sum((p - u_mean) ** 2 for p in u)
    return math.exp(v_mean - slope * u_mean), -slope


def fit_with_floor(
    xs: list[float], ys: list[float], floors: list[float]
) -> tuple[float, float, float]:
    """(E, a, b) of y ≈ E + a·x^(−b), with E out of `floors`.

    Chosen by the squared error of y: errors of log(y − E) for different E are
    on different scales and cannot be compared.
    """
    best, least = None, math.inf
    for floor in floors:
        if floor >= min(ys):  # the logarithm of y − E would not exist
            continue
        a, b = fit_power_law(xs, [y - floor for y in ys])
        error = sum(
            (y - floor - a * x**-b) ** 2 for x, y in zip(xs, ys, strict=True)
        )
        if error < least:
            best, least = (floor, a, b), error
    if best is None:
        raise ValueError("no floor lies below all values")
    return best
