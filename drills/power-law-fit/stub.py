def fit_power_law(xs: list[float], ys: list[float]) -> tuple[float, float]:
    """(a, b) of y ≈ a·x^(−b), by least squares on the logarithms."""
    raise NotImplementedError


def fit_with_floor(xs: list[float], ys: list[float], floors: list[float]) -> tuple[float, float, float]:
    """(E, a, b) of y ≈ E + a·x^(−b), with E out of `floors`."""
    raise NotImplementedError
