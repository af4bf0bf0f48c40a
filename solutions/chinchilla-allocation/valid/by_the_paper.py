import math


def loss(parameters, tokens, fit):
    E, A, B, alpha, beta = (fit[k] for k in ("E", "A", "B", "alpha", "beta"))
    return E + A * parameters**-alpha + B * tokens**-beta


def optimal_allocation(flops, fit):
    A, B, alpha, beta = (fit[k] for k in ("A", "B", "alpha", "beta"))
    a, b = beta / (alpha + beta), alpha / (alpha + beta)
    G = math.pow(alpha * A / (beta * B), 1 / (alpha + beta))
    return [G * (flops / 6) ** a, (flops / 6) ** b / G]


def tokens_for_loss(parameters, target, fit):
    floor = loss(parameters, math.inf, fit)
    if target <= floor:
        return float("inf")
    return math.pow((target - floor) / fit["B"], -1 / fit["beta"])
