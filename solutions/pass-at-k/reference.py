"""The unbiased estimator of pass@k (Chen et al. 2021, §2.1)."""

import math


def pass_at_k(n: int, c: int, k: int) -> float:
    """The chance that k of n samples, c of them right, hold a right one.

    1 − C(n − c, k) / C(n, k), drawn one after the other, so that no
    factorial is ever formed.
    """
    if not 1 <= k <= n:
        raise ValueError(f"pass@{k} cannot be estimated from {n} samples")
    if not 0 <= c <= n:
        raise ValueError(f"{c} of {n} samples cannot be right")
    # j wrong ones are gone when the next is drawn; a factor 0 is no mishap:
    # with fewer than k wrong ones the draws cannot all be wrong
    all_wrong = math.prod((n - c - j) / (n - j) for j in range(k))
    return 1.0 - all_wrong


def mean_pass_at_k(results: list[tuple[int, int]], k: int) -> float:
    """The mean of the problems' estimates; results holds (n, c) for each."""
    return sum(pass_at_k(n, c, k) for n, c in results) / len(results)
