"""Hidden tests of `BM25`: few words, so that they repeat within documents and stand in most of them."""

from llmprep.judge.probes import Tools, probe

WORDS = ["a", "bc", "def", "ghij", "A"]


@probe(en="Random documents and queries", zh="随机的文档与 query")
def values(impl, t: Tools):
    index = impl.BM25(collection(t, 7, 12))
    return [list(index.scores(words(t, 3))) for _ in range(3)]


@probe(en="Other k1 and b", zh="不同的 k1 与 b")
def parameters(impl, t: Tools):
    documents, query = collection(t, 5, 9), words(t, 3)
    settings = [(0.9, 0.4), (2.0, 0.0), (1.2, 1.0), (50.0, 0.6)]
    named = impl.BM25(documents, b=0.3, k1=0.7)
    return [*(list(impl.BM25(documents, *s).scores(query)) for s in settings), list(named.scores(query))]


@probe(en="k1 = 0: only whether a token is there", zh="k1 = 0：只看有没有出现")
def binary(impl, t: Tools):
    documents = [*collection(t, 4, 6), ["bc", "bc", "a"], []]
    return [list(impl.BM25(documents, k1=0.0, b=b).scores(["bc", "def", "new"])) for b in (0.75, 0.0, 1.0)]


@probe(en="A token in almost every document", zh="几乎每个文档都有的 token")
def frequent_token(impl, t: Tools):
    documents = [["the", *words(t, t.integer(1, 6))] for _ in range(5)] + [["a"]]
    return list(impl.BM25(documents).scores(["the"]))


@probe(en="Repeated and unknown tokens in the query", zh="query 里重复的和没见过的 token")
def queries(impl, t: Tools):
    index = impl.BM25(collection(t, 5, 8))
    asked = [["a", "bc", "a"], ["a", "bc"], ["bc", "new", "new"], ["new"], [], ["A"]]
    return [list(index.scores(query)) for query in asked]


@probe(en="Empty documents", zh="空文档")
def empty_documents(impl, t: Tools):
    documents = collection(t, 3, 6)
    return [
        list(impl.BM25([[], *documents, []]).scores(["a", "def"])),
        list(impl.BM25([[], []]).scores(["a"])),
        list(impl.BM25([[], []], b=0.0).scores(["a"])),
        list(impl.BM25([]).scores(["a"])),
        list(impl.BM25([["a", "a"]]).scores(["a"])),
    ]


@probe(en="Documents of very different lengths", zh="长短悬殊的文档")
def lengths(impl, t: Tools):
    repeated = [["a"] * n + ["bc"] * m for n, m in ((1, 0), (40, 2), (3, 90), (0, 5))]
    return [list(impl.BM25(repeated).scores([word])) for word in ("a", "bc")]


@probe(en="Several indexes side by side", zh="几个索引同时存在")
def side_by_side(impl, t: Tools):
    first, second = impl.BM25(collection(t, 4, 7)), impl.BM25(collection(t, 6, 7), 1.1, 0.9)
    query = words(t, 2)
    return [list(index.scores(query)) for index in (first, second, first)]


def words(t: Tools, n: int) -> list[str]:
    return [t.choice(WORDS) for _ in range(n)]


def collection(t: Tools, n: int, longest: int) -> list[list[str]]:
    """Documents of 1 to `longest` tokens, of which the first has the first three words."""
    return [["a", "a", "bc", "def"], *(words(t, t.integer(1, longest + 1)) for _ in range(n - 1))]
