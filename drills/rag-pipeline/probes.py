"""Hidden tests of `answer`; the model is a script, and every prompt that it is given is compared."""

import torch

from llmprep.judge.probes import Tools, probe

WORDS = ["cat", "dog", "tea", "sun", "map", "ink", "oak"]
QUESTION = "cat tea map"


@probe(en="A random collection", zh="随机的文档集", no_grad=True, dtypes=False)
def values(impl, t: Tools):
    return [ask(impl, t, collection(t, 12), "So [2], then [1], and [2].") for _ in range(2)]


@probe(en="Shorter rankings", zh="更短的排名", no_grad=True, dtypes=False)
def per_list(impl, t: Tools):
    chunks = collection(t, 14)
    return [ask(impl, t, chunks, "[3][1]", per_list=n) for n in (1, 2, 3, 30)]


@probe(en="A tight budget", zh="预算很紧", no_grad=True, dtypes=False)
def budgets(impl, t: Tools):
    chunks = collection(t, 10)
    for number, chunk in enumerate(chunks):
        chunk["text"] += " of" * (number * 5 % 13)
    return [ask(impl, t, chunks, "[1] [2] [3] [4]", budget=budget) for budget in (4, 9, 14, 23, 40)]


@probe(en="A line that fits exactly", zh="刚好装满", no_grad=True, dtypes=False)
def exact_budget(impl, t: Tools):
    chunks = [chunk("a", "cat tea map", 1.0), chunk("b", "cat sun", 0.5), chunk("c", "cat", 0.2)]
    asked = torch.tensor([1.0, 0.0])
    long = [chunk(str(words), "cat " * words + "end", words / 200) for words in (99, 98)]  # and "[1]"
    return [
        ask(impl, t, long, "[1]", vector=asked),
        *(ask(impl, t, chunks, "[1][2]", vector=asked, budget=budget) for budget in (3, 4, 6, 7, 8, 9)),
    ]


@probe(en="Where the constant decides", zh="由常数决定先后", no_grad=True, dtypes=False)
def constant(impl, t: Tools):
    # 1 and 13 against 5 and 8 changes above 60, 2 and 14 against 6 and 9 below it
    dense, sparse = {1: "c", 2: "a", 5: "d", 6: "b"}, {8: "d", 9: "b", 13: "c", 14: "a"}
    by_vector = [dense.get(rank, f"v{rank}") for rank in range(1, 15)]
    by_words = [sparse.get(rank, f"w{rank}") for rank in range(1, 15)]
    cosines = {name: 0.95 - 0.05 * place for place, name in enumerate(by_vector)}
    scores = {name: 20 - place for place, name in enumerate(by_words)}
    chunks = [chunk(name, name, cosines.get(name, -0.5)) for name in sorted({*by_vector, *by_words})]
    settings = {"vector": torch.tensor([1.0, 0.0]), "keyword": lambda _, text: scores.get(text, 0)}
    return ask(impl, t, chunks, "[1]", per_list=14, budget=1000, **settings)


@probe(en="Equal scores", zh="得分相等", no_grad=True, dtypes=False)
def ties(impl, t: Tools):
    chunks = [
        chunk("z", "sun dog", -0.5),
        chunk("y", "cat sun", 0.1),
        chunk("b", "tea ink", 0.9),
        chunk("a", "map dog", 0.4),
        chunk("c", "oak", 0.7),
    ]
    return ask(impl, t, chunks, "[4][5][1]", vector=torch.tensor([1.0, 0.0]))


@probe(en="The same text twice", zh="重复的文本", no_grad=True, dtypes=False)
def duplicates(impl, t: Tools):
    chunks = collection(t, 6)
    again = [{**old, "id": "again-" + old["id"], "vector": old["vector"] * -1} for old in chunks]
    return [ask(impl, t, [*chunks, *again], "[1][2][3]", per_list=n) for n in (3, 20)]


@probe(
    en="Nothing found, nothing fits, nothing there",
    zh="没检索到、放不下、没有文档",
    no_grad=True,
    dtypes=False,
)
def refusal(impl, t: Tools):
    away = [chunk("a", "sun", -0.5), chunk("b", "dog", -0.1)]
    asked = torch.tensor([1.0, 0.0])
    return [
        ask(impl, t, away, "[1]", vector=asked),
        ask(impl, t, collection(t, 4), "[1]", budget=1),
        ask(impl, t, [], "[1]"),
        ask(
            impl, t, [chunk("only-words", "tea", -0.9), chunk("only-vector", "oak", 0.3)], "[2]", vector=asked
        ),
    ]


@probe(en="Citations", zh="引用", no_grad=True, dtypes=False)
def citations(impl, t: Tools):
    chunks = collection(t, 16)
    replies = [
        "See [3], [0], [1], [99], [3], (4), [x], [ 5 ] and [a6]. [2][2]",
        "[10][11][1]",
        "None: x[1]y[3, 2]",
        "",
    ]
    return [ask(impl, t, chunks, reply, per_list=16, budget=1000) for reply in replies]


def ask(impl, t: Tools, chunks, reply, vector=None, keyword=None, **settings):
    """The result, the prompts that the model got, and how often the question was embedded."""
    prompts, embedded = [], []
    if vector is None:
        vector = t.randn(4)

    def embed(text):
        embedded.append(text)
        return vector

    def generate(prompt):
        prompts.append(prompt)
        return reply

    found = impl.answer(QUESTION, chunks, embed, keyword or shared_words, generate, count, **settings)
    return {"found": found, "prompts": prompts, "embedded": len(embedded) <= 1}


def shared_words(question: str, text: str) -> int:
    return sum(word in question.split() for word in text.split())


def count(text: str) -> int:
    return len(text.split())


def chunk(name: str, text: str, cosine: float):
    """A chunk whose cosine with (1, 0) is given."""
    return {"id": name, "text": text, "vector": torch.tensor([cosine, (1 - cosine**2) ** 0.5]) * (2 + cosine)}


def collection(t: Tools, n: int):
    """Chunks of different texts, with vectors of different lengths."""
    names = sorted(range(n), key=lambda i: (i * 7) % 5)
    texts = [" ".join(t.choice(WORDS) for _ in range(t.integer(2, 5))) + f" {i}" for i in range(n)]
    return [{"id": f"c{i}", "text": texts[i], "vector": t.randn(4) * (1 + i % 3)} for i in names]
