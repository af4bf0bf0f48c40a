"""Compute-optimal training under a parametric loss (Hoffmann et al. 2022,
§3.3, equations 2 and 4)."""

import math

Fit = dict[str, float]


def loss(parameters: float, tokens: float, fit: Fit) -> float:
    """L(N, D) = E + A/N^α + B/D^β: entropy of text, size, data."""
    too_small = fit["A"] / parameters ** fit["alpha"]
    too_little_data = fit["B"] / tokens ** fit["beta"]
    return fit["E"] + too_small + too_little_data


def optimal_allocation(flops: float, fit: Fit) -> tuple[float, float]:
    """(N, D) with 6ND = flops and the smallest loss.

    dL/dN = 0 along the budget says αA/N^α = βB/D^β: both terms would gain
    equally from a little more compute.
    """
    alpha, beta = fit["alpha"], fit["beta"]
    gains = alpha * fit["A"] / (beta * fit["B"])
    scale = gains ** (1 / (alpha + beta))
    parameters = scale * (flops / 6) ** (beta / (alpha + beta))
    return parameters, flops / (6 * parameters)


def tokens_for_loss(parameters: float, target: float, fit: Fit) -> float:
    """The tokens with which a model of this size reaches the target loss."""
    reachable = fit["E"] + fit["A"] / parameters ** fit["alpha"]
    room = target - reachable  # what the data term may still be
    if room <= 0:
        return math.inf
    return (fit["B"] / room) ** (1 / fit["beta"])
