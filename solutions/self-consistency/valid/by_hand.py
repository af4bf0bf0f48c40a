def extract_answer(text):
    low = text.lower()
    at = low.rfind("answer is")
    if at < 0:
        return None
    tail = low[at + 9 :]
    i = 0
    while i < len(tail) and tail[i] not in "0123456789":
        i += 1
    if i == len(tail):
        return None
    negative = i > 0 and tail[i - 1] == "-"
    whole, i = digits(tail, i)
    grouped, j, groups = whole, i, 0
    while j < len(tail) and tail[j] == "," and len(whole) <= 3:
        run, after = digits(tail, j + 1)
        if len(run) != 3:
            groups = 0 if len(run) > 3 and groups == 0 else groups
            break
        grouped, j, groups = grouped + run, after, groups + 1
    if groups:
        whole, i = grouped, j
    part = ""
    if i < len(tail) and tail[i] == ".":
        part, i = digits(tail, i + 1)
    while part.endswith("0"):
        part = part[:-1]
    while len(whole) > 1 and whole.startswith("0"):
        whole = whole[1:]
    result = whole + ("." + part if part else "")
    return "-" + result if negative and result != "0" else result


def digits(text, start):
    end = start
    while end < len(text) and text[end] in "0123456789":
        end += 1
    return text[start:end], end


def vote(texts):
    counts = {}
    for text in texts:
        answer = extract_answer(text)
        if answer is not None:
            counts[answer] = counts.get(answer, 0) + 1
    best = None
    for answer, count in counts.items():
        if best is None or count > counts[best]:
            best = answer
    return (best, counts[best] / len(texts)) if counts else (None, 0.0)
