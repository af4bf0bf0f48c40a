Fit = dict[str, float]
"""The constants of L(N, D) = E + A/N^alpha + B/D^beta."""


def loss(parameters: float, tokens: float, fit: Fit) -> float:
    raise NotImplementedError


def optimal_allocation(flops: float, fit: Fit) -> tuple[float, float]:
    """(parameters, tokens) with the smallest loss for this training budget."""
    raise NotImplementedError


def tokens_for_loss(parameters: float, target: float, fit: Fit) -> float:
    raise NotImplementedError
