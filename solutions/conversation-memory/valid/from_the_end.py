def trim(messages, budget, count, summarise=None):
    head = 0
    while head < len(messages) and messages[head]["role"] == "system":
        head += 1
    starts = [
        i
        for i in range(head, len(messages))
        if i == head or messages[i]["role"] == "user"
    ]
    starts = starts or [len(messages)]
    fixed = sum(count(m) for m in messages[:head])
    for start in starts:
        tokens = fixed + sum(count(m) for m in messages[start:])
        if tokens > budget:
            continue
        extra = []
        if start > head and summarise is not None:
            extra = [
                {"role": "system", "content": summarise(messages[head:start])}
            ]
            if tokens + count(extra[0]) > budget:
                continue
        return messages[:head] + extra + messages[start:]
    raise ValueError("too long")
