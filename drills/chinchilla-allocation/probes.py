"""Hidden tests of the allocation; exponents and factors differ, so that no term may take another's place."""

from llmprep.judge.probes import Tools, probe

CHINCHILLA = {"E": 1.69, "A": 406.4, "B": 410.7, "alpha": 0.34, "beta": 0.28}


@probe(en="The loss", zh="loss")
def losses(impl, t: Tools):
    sizes = [(70e9, 1.4e12), (280e9, 300e9), (1e6, 1e12), (1e12, 1e7), (3.0, 5.0)]
    fits = [CHINCHILLA, random_fit(t)]
    return [impl.loss(n, d, fit) for n, d in sizes for fit in fits]


@probe(en="The optimum with the constants of Chinchilla", zh="Chinchilla 常数下的最优分配")
def chinchilla(impl, t: Tools):
    return [
        impl.optimal_allocation(flops, CHINCHILLA)
        for flops in (1.92e19, 5.76e23, 10.0 ** (18 + 8 * t.rand(1).item()))
    ]


@probe(en="Other exponents and factors", zh="其他指数和系数")
def other_fits(impl, t: Tools):
    return [impl.optimal_allocation(10.0 ** t.integer(6, 26), random_fit(t)) for _ in range(6)]


@probe(en="Equal exponents, very large and small budgets", zh="指数相等，极大与极小的预算")
def extremes(impl, t: Tools):
    equal = {"E": 0.5, "A": 30.0, "B": 900.0, "alpha": 0.5, "beta": 0.5}
    return [impl.optimal_allocation(flops, fit) for flops in (1e30, 6.0, 1.0) for fit in (equal, CHINCHILLA)]


@probe(en="The loss at the optimum", zh="最优处的 loss")
def loss_at_the_optimum(impl, t: Tools):
    fit = random_fit(t)
    return [impl.loss(*impl.optimal_allocation(flops, fit), fit) for flops in (1e9, 1e15, 1e21)]


@probe(en="Tokens for a target loss", zh="达到目标 loss 所需的 token 数")
def tokens(impl, t: Tools):
    fit = random_fit(t)
    reached = [
        (n, fit["E"] + fit["A"] / n ** fit["alpha"] + room)
        for n, room in ((1e4, 0.3), (1e7, 0.05), (20.0, 0.5))
    ]
    return [
        *(impl.tokens_for_loss(n, target, fit) for n, target in reached),
        impl.tokens_for_loss(35e9, impl.loss(70e9, 1.4e12, CHINCHILLA), CHINCHILLA),
        impl.tokens_for_loss(8e9, 2.1, CHINCHILLA),
    ]


@probe(en="Targets that no number of tokens reaches", zh="再多 token 也达不到的目标")
def out_of_reach(impl, t: Tools):
    fit = {"E": 1.5, "A": 2.0, "B": 7.0, "alpha": 0.5, "beta": 0.3}
    return [impl.tokens_for_loss(16.0, target, fit) for target in (1.9, 2.0, 1.5, 1.0, 2.0625)] + [
        impl.tokens_for_loss(1e6, 1.8, CHINCHILLA)
    ]


def random_fit(t: Tools) -> dict[str, float]:
    alpha, beta = 0.2 + 0.15 * t.rand(1).item(), 0.4 + 0.2 * t.rand(1).item()
    A, B = 20 + 100 * t.rand(1).item(), 300 + 900 * t.rand(1).item()
    return {"E": 1 + t.rand(1).item(), "A": A, "B": B, "alpha": alpha, "beta": beta}
