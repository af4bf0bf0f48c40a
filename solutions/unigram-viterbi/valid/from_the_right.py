import functools


def segment(text, log_probs, unknown_penalty=10.0):
    floor = min(log_probs.values()) - unknown_penalty

    @functools.cache
    def best(start):
        if start == len(text):
            return 0.0, ()
        options = []
        for end in range(start + 1, len(text) + 1):
            piece = text[start:end]
            if piece in log_probs or end == start + 1:
                score, rest = best(end)
                options.append(
                    (log_probs.get(piece, floor) + score, (piece, *rest))
                )
        return max(options)

    score, pieces = best(0)
    return list(pieces), score
