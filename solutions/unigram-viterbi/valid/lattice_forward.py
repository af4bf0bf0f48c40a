def segment(text, log_probs, unknown_penalty=10.0):
    unknown = sorted(log_probs.values())[0] - unknown_penalty
    trie = {}
    for piece, score in log_probs.items():
        node = trie
        for character in piece:
            node = node.setdefault(character, {})
        node["score"] = score
    paths = [None] * (len(text) + 1)
    paths[0] = (0.0, None)

    def arrive(end, score, start):
        if paths[end] is None or score > paths[end][0]:
            paths[end] = (score, start)

    for start in range(len(text)):
        node, so_far = trie, paths[start][0]
        for end in range(start, len(text)):
            node = node.get(text[end])
            if node is None:
                break
            if "score" in node:
                arrive(end + 1, so_far + node["score"], start)
        if text[start] not in log_probs:
            arrive(start + 1, so_far + unknown, start)
    pieces, end = [], len(text)
    while end:
        start = paths[end][1]
        pieces.insert(0, text[start:end])
        end = start
    return pieces, paths[-1][0]
