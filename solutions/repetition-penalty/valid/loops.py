"""Token by token, on copies."""


def repetition_penalty(logits, ids, penalty):
    result = logits.clone()
    for row in range(len(ids)):
        for token in set(ids[row].tolist()):
            factor = 1 / penalty if logits[row, token] > 0 else penalty
            result[row, token] = logits[row, token] * factor
    return result


def no_repeat_ngram(logits, ids, n):
    result = logits.clone()
    for row, text in enumerate(ids.tolist()):
        for end in range(n - 1, len(text)):
            if text[end - n + 1 : end] == (text[-(n - 1) :] if n > 1 else []):
                result[row, text[end]] = float("-inf")
    return result
