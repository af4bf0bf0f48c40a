from math import comb
from statistics import fmean


def pass_at_k(n, c, k):
    if k < 1 or k > n or c < 0 or c > n:
        raise ValueError("need 1 <= k <= n and 0 <= c <= n")
    if n - c < k:
        return 1.0
    return 1 - comb(n - c, k) / comb(n, k)


def mean_pass_at_k(results, k):
    return fmean(pass_at_k(n, c, k) for n, c in results)
