import numpy as np


def pass_at_k(n: int, c: int, k: int) -> float:
    if not 0 < k <= n or not 0 <= c <= n:
        raise ValueError("impossible")
    if n - c < k:
        return 1.0
    return 1.0 - np.prod(1.0 - k / np.arange(n - c + 1, n + 1))


def mean_pass_at_k(results, k):
    total = 0.0
    for n, c in results:
        total += pass_at_k(n, c, k)
    return total / len(results)
