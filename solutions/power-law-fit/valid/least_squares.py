import numpy as np


def fit_power_law(xs, ys):
    if len(set(xs)) < 2:
        raise ValueError("not enough sizes")
    design = np.stack([np.ones(len(xs)), -np.log10(xs)], axis=1)
    (intercept, b), *_ = np.linalg.lstsq(design, np.log10(ys), rcond=None)
    return float(10**intercept), float(b)


def fit_with_floor(xs, ys, floors):
    x, y = np.array(xs), np.array(ys)
    fits = []
    for E in floors:
        if y.min() > E:
            a, b = fit_power_law(xs, list(y - E))
            fits.append((float(((E + a * x**-b - y) ** 2).sum()), E, a, b))
    if not fits:
        raise ValueError("every floor is too high")
    return min(fits)[1:]
