def segment(text, log_probs, unknown_penalty=10.0):
    unknown = min(log_probs.values()) - unknown_penalty
    longest = max(map(len, log_probs))
    best = [(0.0, [])]
    for end in range(1, len(text) + 1):
        candidates = []
        for start in range(max(0, end - longest), end):
            piece = text[start:end]
            if piece in log_probs or len(piece) == 1:
                total, pieces = best[start]
                score = total + log_probs.get(piece, unknown)
                candidates.append((score, [*pieces, piece]))
        best.append(max(candidates, key=lambda c: c[0] / len(c[1])))
    return best[-1][1], best[-1][0]
