def wordpiece(text, vocab, unknown="[UNK]", max_characters=100):
    output = []
    for token in text.strip().split():
        chars = list(token)
        if len(chars) > max_characters:
            output.append(unknown)
            continue
        start, is_bad, sub_tokens = 0, False, []
        while start < len(chars):
            end, found = len(chars), None
            while start < end:
                substring = "".join(chars[start:end])
                if start > 0:
                    substring = "##" + substring
                if substring in vocab:
                    found = substring
                    break
                end -= 1
            if found is None:
                is_bad = True
                break
            sub_tokens.append(found)
            start = end
        output.extend([unknown] if is_bad else sub_tokens)
    return output
