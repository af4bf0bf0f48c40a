def pass_at_k(n: int, c: int, k: int) -> float:
    """The unbiased estimate of pass@k from n programs, c of which pass."""
    raise NotImplementedError


def mean_pass_at_k(results: list[tuple[int, int]], k: int) -> float:
    """The mean over problems; results holds (n, c) for each."""
    raise NotImplementedError
