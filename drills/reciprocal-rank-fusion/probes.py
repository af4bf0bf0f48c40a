"""Hidden tests of `reciprocal_rank_fusion`; scores tie only where the order of adding cannot part them."""

from llmprep.judge.probes import Tools, probe

IDS = ["d1", "d2", "d10", "x", "B", "a7", "zz"]


@probe(en="Two rankings of the same documents", zh="同一批文档的两个排名")
def two(impl, t: Tools):
    rankings = [shuffled(t, IDS), shuffled(t, IDS)]
    return listed(impl.reciprocal_rank_fusion(rankings))


@probe(en="Rankings of different lengths and documents", zh="长度与文档都不同的排名")
def different(impl, t: Tools):
    first, second = shuffled(t, IDS)[:5], shuffled(t, IDS)[:3]
    return [
        listed(impl.reciprocal_rank_fusion([first, second])),
        listed(impl.reciprocal_rank_fusion([["p", "q"], ["q"], ["r", "s", "t", "q"]])),
        listed(impl.reciprocal_rank_fusion([second, [], first])),
    ]


@probe(en="Other values of k", zh="不同的 k")
def constants(impl, t: Tools):
    rankings = [shuffled(t, IDS), shuffled(t, IDS)[:4]]
    everywhere = [["m1", "n", "m2"], ["m3", "n", "m4"], ["m5", "n", "m6"]]
    return [
        listed(impl.reciprocal_rank_fusion(rankings, 0)),
        listed(impl.reciprocal_rank_fusion(rankings, k=2.5)),
        listed(impl.reciprocal_rank_fusion(everywhere, 1)),
        listed(impl.reciprocal_rank_fusion(everywhere, 0)),
    ]


@probe(en="Weights", zh="带权重")
def weights(impl, t: Tools):
    rankings = [shuffled(t, IDS)[:6] for _ in range(3)]
    return [
        listed(impl.reciprocal_rank_fusion(rankings, weights=[0.31, 1.0, 0.17])),
        listed(impl.reciprocal_rank_fusion(rankings, 5, [2.3, 0.0, 1.1])),
        listed(impl.reciprocal_rank_fusion(rankings[:1], 5, [0.25])),
    ]


@probe(en="Equal scores", zh="得分相等")
def ties(impl, t: Tools):
    return [
        listed(impl.reciprocal_rank_fusion([["d2", "x"], ["d10", "B"], ["a7"]])),
        listed(impl.reciprocal_rank_fusion([["zz", "x", "B"], ["x", "zz"]])),
        listed(impl.reciprocal_rank_fusion([shuffled(t, IDS)], weights=[0.0])),
    ]


@probe(en="An id several times in one ranking", zh="同一个 id 在一个排名里出现多次")
def repeated(impl, t: Tools):
    ranking = ["a", "b", "a", "a", "c", "b", "d"]
    return [
        listed(impl.reciprocal_rank_fusion([ranking], 1)),
        listed(impl.reciprocal_rank_fusion([ranking, ["d", "d", "c"]], 3)),
    ]


@probe(en="Nothing found", zh="什么都没检索到")
def nothing(impl, t: Tools):
    return [
        listed(impl.reciprocal_rank_fusion([])),
        listed(impl.reciprocal_rank_fusion([[], []])),
        listed(impl.reciprocal_rank_fusion([], weights=[])),
        listed(impl.reciprocal_rank_fusion([["only"]])),
    ]


def shuffled(t: Tools, ids: list[str]) -> list[str]:
    keys = t.rand(len(ids)).tolist()
    return [one for _, one in sorted(zip(keys, ids, strict=True))]


def listed(pairs):
    return [[document, score] for document, score in pairs]
