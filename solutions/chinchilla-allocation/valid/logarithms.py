from math import exp, inf, log


def loss(parameters, tokens, fit):
    n, d = log(parameters), log(tokens)
    return (
        fit["E"]
        + exp(log(fit["A"]) - fit["alpha"] * n)
        + exp(log(fit["B"]) - fit["beta"] * d)
    )


def optimal_allocation(flops, fit):
    # (α + β)·n = log(αA / βB) + β·log(C / 6)
    a, b = fit["alpha"], fit["beta"]
    budget = log(flops / 6)
    n = (log(a * fit["A"]) - log(b * fit["B"]) + b * budget) / (a + b)
    return exp(n), exp(budget - n)


def tokens_for_loss(parameters, target, fit):
    room = target - fit["E"] - fit["A"] * parameters ** -fit["alpha"]
    return exp((log(fit["B"]) - log(room)) / fit["beta"]) if room > 0 else inf
