import torch


def fit_power_law(xs, ys):
    u, v = torch.tensor([xs, ys], dtype=torch.float64).log()
    if len(u) < 2 or (u == u[0]).all():
        raise ValueError("two different sizes are needed")
    n = len(u)
    slope = (n * (u * v).sum() - u.sum() * v.sum()) / (
        n * (u * u).sum() - u.sum() ** 2
    )
    return ((v.sum() - slope * u.sum()) / n).exp().item(), -slope.item()


def fit_with_floor(xs, ys, floors):
    usable = [E for E in floors if min(ys) > E]
    if not usable:
        raise ValueError("no usable floor")

    def fitted(E):
        return (E, *fit_power_law(xs, [y - E for y in ys]))

    def error(fit):
        E, a, b = fit
        pairs = zip(xs, ys, strict=True)
        return sum((E + a / x**b - y) ** 2 for x, y in pairs)

    return min(map(fitted, usable), key=error)
