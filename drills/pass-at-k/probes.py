"""Hidden tests of pass@k: few samples, where drawing with replacement differs most, and very many."""

from llmprep.judge.probes import Tools, probe


@probe(en="Every c and k for a few n", zh="几个小 n 的全部 c 和 k")
def small(impl, t: Tools):
    return [
        [impl.pass_at_k(n, c, k) for c in range(n + 1) for k in range(1, n + 1)]
        for n in (1, 2, t.integer(4, 8))
    ]


@probe(en="200 samples per problem, as in the paper", zh="每题 200 个样本，与论文相同")
def usual(impl, t: Tools):
    correct = [t.integer(1, 60) for _ in range(4)]
    return [impl.pass_at_k(200, c, k) for c in correct for k in (1, 10, 100)]


@probe(en="All pass, none passes, fewer failures than k", zh="全部通过、全部失败、失败的不足 k 个")
def borders(impl, t: Tools):
    n = t.integer(9, 15)
    cases = [(n, 0, 5), (n, n, 1), (n, n, n), (n, n - 2, 3), (n, n - 3, 3), (n, 1, n), (n, 0, n)]
    return [impl.pass_at_k(*case) for case in cases]


@probe(en="A million samples, a thousand draws", zh="一百万个样本，取上千个")
def large(impl, t: Tools):
    correct = t.integer(100, 900)
    return [
        impl.pass_at_k(1_000_000, 3, 1),
        impl.pass_at_k(1_000_000, correct, 2_000),
        impl.pass_at_k(100_000, 99_000, 1_500),
        impl.pass_at_k(3_000, 2, 2_900),
    ]


@probe(en="The mean over problems", zh="对题目取平均")
def means(impl, t: Tools):
    same = [(20, t.integer(0, 21)) for _ in range(5)]
    return [impl.mean_pass_at_k([*same, (20, 0), (20, 19)], k) for k in (1, 4, 20)]


@probe(en="Problems with different numbers of samples", zh="各题样本数不同")
def uneven(impl, t: Tools):
    results = [(n, t.integer(0, n + 1)) for n in (7, 90, 12)] + [(30, 1), (6, 6)]
    return [impl.mean_pass_at_k(results, k) for k in (1, 3, 6)] + [impl.mean_pass_at_k(results[:1], 2)]


@probe(en="What cannot be estimated", zh="无法估计的情形")
def errors(impl, t: Tools):
    cases = [(5, 2, 6), (5, 5, 6), (5, 2, 0), (5, 2, -1), (5, 6, 2), (5, -1, 2), (5, 6, 5), (0, 0, 1)]
    return [
        *(t.raises(lambda case=case: impl.pass_at_k(*case)) for case in cases),
        t.raises(lambda: impl.mean_pass_at_k([(9, 3), (4, 1)], 5)),
        t.raises(lambda: impl.mean_pass_at_k([(9, 3), (4, 5)], 4)),
    ]
