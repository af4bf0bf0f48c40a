import numpy as np


def pass_at_k(n, c, k):
    if not (1 <= k <= n and 0 <= c <= n):
        raise ValueError((n, c, k))
    if n - c < k:
        return 1.0
    draws = np.arange(k, dtype=np.float64)
    return float(-np.expm1(np.log1p(-c / (n - draws)).sum()))


def mean_pass_at_k(results, k):
    return float(np.mean([pass_at_k(n, c, k) for n, c in results]))
