import re
from decimal import Context, Decimal

EXACT = Context(prec=500)


def extract_answer(text):
    places = [m.end() for m in re.finditer("answer is", text, re.IGNORECASE)]
    if not places:
        return None
    tail = text[places[-1] :]
    found = re.search(r"-?(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?", tail)
    if not found:
        return None
    value = Decimal(found.group().replace(",", "")).normalize(EXACT)
    return "0" if value == 0 else format(value, "f")


def vote(texts):
    answers = [a for a in map(extract_answer, texts) if a is not None]
    if not answers:
        return None, 0.0
    best = max(answers, key=answers.count)
    return best, answers.count(best) / len(texts)
