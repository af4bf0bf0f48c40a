"""Hidden tests of the metrics: several relevant documents per query, not all of them retrieved."""

from llmprep.judge.probes import Tools, probe

IDS = [f"d{n}" for n in range(12)]


@probe(en="recall@k", zh="recall@k")
def recall(impl, t: Tools):
    return [impl.recall_at_k(*collection(t, 5), k) for k in (1, 3, 5, 20)]


@probe(en="MRR@k", zh="MRR@k")
def reciprocal_rank(impl, t: Tools):
    rankings = [["x", "y", "a", "b"], ["b", "x"], ["x", "y", "z", "w", "a"]]
    gains = [{"a": 1, "b": 2}, {"b": 1, "q": 3}, {"a": 3}]
    return [
        *(impl.mrr_at_k(rankings, gains, k) for k in (1, 3, 4, 5)),
        *(impl.mrr_at_k(*collection(t, 6), k) for k in (2, 7)),
    ]


@probe(en="nDCG@k", zh="nDCG@k")
def ndcg(impl, t: Tools):
    return [impl.ndcg_at_k(*collection(t, 4), k) for k in (1, 2, 5, 9)]


@probe(en="nDCG with graded gains, worked cases", zh="nDCG：分级增益的具体例子")
def graded(impl, t: Tools):
    gains = {"a": 3, "b": 2, "c": 1, "n": 0}
    rankings = [["a", "b", "c"], ["c", "b", "a"], ["n", "a"], ["x", "y", "c", "a"], ["b"]]
    return [[impl.ndcg_at_k([ranking], [gains], k) for k in (1, 2, 3, 10)] for ranking in rankings]


@probe(en="Queries without any relevant document", zh="没有相关文档的 query")
def without_relevant(impl, t: Tools):
    rankings, gains = collection(t, 3)
    rankings, gains = [["d1", "d2"], *rankings, ["d3"], []], [{}, *gains, {"d3": 0, "d4": 0}, {"d5": 1}]
    return [each(impl, rankings, gains, 4), each(impl, [["a"], []], [{}, {"a": 0}], 3), each(impl, [], [], 3)]


@probe(en="Rankings shorter than k, or empty", zh="不足 k 个的排名，空的排名")
def short(impl, t: Tools):
    gains = [{"a": 2, "b": 1, "c": 1}, {"a": 1}, {"p": 2, "q": 2}]
    return [each(impl, [["x", "b"], ["y"], []], gains, k) for k in (2, 5)]


@probe(en="Documents judged 0, documents not judged", zh="标为 0 的与没有标注的文档")
def not_relevant(impl, t: Tools):
    gains = [{"a": 0, "b": 1, "c": 0, "d": 2, "e": 0}]
    return [each(impl, [["a", "u", "d", "c", "b"]], gains, k) for k in (1, 3, 4, 5)]


def each(impl, rankings, gains, k):
    return {
        "recall": impl.recall_at_k(rankings, gains, k),
        "mrr": impl.mrr_at_k(rankings, gains, k),
        "ndcg": impl.ndcg_at_k(rankings, gains, k),
    }


def collection(t: Tools, queries: int):
    """Rankings of 4 to 9 documents, 2 to 6 judged ones with gains from 0 to 3, at least one above 0."""
    rankings = [shuffled(t)[: t.integer(4, 10)] for _ in range(queries)]
    judged = [shuffled(t)[: t.integer(2, 7)] for _ in range(queries)]
    gains = [{ids[0]: t.integer(1, 4)} | {d: t.integer(0, 4) for d in ids[1:]} for ids in judged]
    return rankings, gains


def shuffled(t: Tools) -> list[str]:
    keys = t.rand(len(IDS)).tolist()
    return [one for _, one in sorted(zip(keys, IDS, strict=True))]
