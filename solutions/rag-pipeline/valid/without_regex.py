import math


def answer(
    question,
    chunks,
    embed,
    keyword_score,
    generate,
    count,
    per_list=5,
    budget=100,
):
    q = embed(question).tolist()

    def cosine(c):
        v = c["vector"].tolist()
        return (
            sum(a * b for a, b in zip(q, v)) / math.hypot(*q) / math.hypot(*v)
        )

    scorers = (cosine, lambda c: keyword_score(question, c["text"]))
    points = {}
    for scorer in scorers:
        scored = [(scorer(c), -i) for i, c in enumerate(chunks)]
        best = sorted((s for s in scored if s[0] > 0), reverse=True)[:per_list]
        for place, (_, i) in enumerate(best):
            points[-i] = points.get(-i, 0) + 1 / (place + 61)
    table, spent = {}, 0
    for i in sorted(sorted(points), key=points.get, reverse=True):
        text = chunks[i]["text"]
        n = len(table) + 1
        if text in {t for t, _ in table.values()}:
            continue
        price = count(f"[{n}] {text}")
        if spent + price <= budget:
            spent += price
            table[n] = (text, chunks[i]["id"])
    if not table:
        return {"answer": None, "citations": []}
    prompt = "\n".join(f"[{n}] {text}" for n, (text, _) in table.items())
    reply = generate(prompt + "\n\nQuestion: " + question)
    places = {n: reply.find(f"[{n}]") for n in table}
    cited = sorted((place, n) for n, place in places.items() if place >= 0)
    return {"answer": reply, "citations": [table[n][1] for _, n in cited]}
