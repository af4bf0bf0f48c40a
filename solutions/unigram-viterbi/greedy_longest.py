def segment(text, log_probs, unknown_penalty=10.0):
    unknown = min(log_probs.values()) - unknown_penalty
    pieces, score, start = [], 0.0, 0
    while start < len(text):
        ends = range(len(text), start, -1)
        end = next((e for e in ends if text[start:e] in log_probs), start + 1)
        pieces.append(text[start:end])
        score += log_probs.get(text[start:end], unknown)
        start = end
    return pieces, score
