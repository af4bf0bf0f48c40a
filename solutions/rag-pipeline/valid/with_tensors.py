import re

import torch


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
    if not chunks:
        return {"answer": None, "citations": []}
    q = embed(question)
    vectors = torch.stack([c["vector"] for c in chunks])
    dense = (vectors @ q) / (vectors.norm(dim=1) * q.norm())
    sparse = torch.tensor(
        [float(keyword_score(question, c["text"])) for c in chunks]
    )
    fused = torch.zeros(len(chunks), dtype=torch.float64)
    for scores in (dense, sparse):
        order = scores.argsort(descending=True, stable=True)[:per_list]
        for rank, index in enumerate(order.tolist()):
            if scores[index] > 0:
                fused[index] += 1.0 / (61 + rank)
    context, sources, left = "", [], budget
    for index in fused.argsort(descending=True, stable=True).tolist():
        c = chunks[index]
        if fused[index] == 0 or any(c["text"] == s["text"] for s in sources):
            continue
        line = "[{}] {}".format(len(sources) + 1, c["text"])
        tokens = count(line)
        if tokens <= left:
            left -= tokens
            sources.append(c)
            context += line + "\n"
    if not sources:
        return {"citations": [], "answer": None}
    reply = generate(f"{context}\nQuestion: {question}")
    ids = []
    for match in re.finditer(r"\[([0-9]+)\]", reply):
        n = int(match[1])
        if 0 < n <= len(sources) and sources[n - 1]["id"] not in ids:
            ids.append(sources[n - 1]["id"])
    return {"citations": ids, "answer": reply}
