import re
from fractions import Fraction

DIGITS = r"[0-9]+"


def extract_boxed(text):
    found = None
    for match in re.finditer(re.escape("\\boxed{"), text):
        depth, i = 1, match.end()
        while i < len(text) and depth:
            if text[i] == "\\":
                i += 1
            elif text[i] in "{}":
                depth += 1 if text[i] == "{" else -1
            i += 1
        if depth == 0:
            found = text[match.end() : i - 1]
    return found


def _value(text):
    text = re.sub(r"\\[dt]?frac", r"\\frac", text)
    scale = 1
    if text.endswith("%"):
        text, scale = re.sub(r"\\?%$", "", text), 100
    sign = -1 if text.startswith("-") else 1
    text = re.sub(r"^[+-]", "", text)
    signed = rf"[+-]?{DIGITS}"
    a = re.fullmatch(rf"\\frac\{{({signed})\}}\{{({signed})\}}", text)
    b = re.fullmatch(rf"({DIGITS})/({signed})", text)
    for match in (a, b):
        if match:
            top, bottom = map(int, match.groups())
            return Fraction(sign * top, bottom * scale) if bottom else None
    if re.match(r"[0-9]{1,3}(,[0-9]{3})+(\.|$)", text):
        text = text.replace(",", "")
    match = re.fullmatch(r"([0-9]*)\.?([0-9]*)", text)
    if match is None or match[1] + match[2] == "":
        return None
    digits, places = match[1] + match[2], len(match[2])
    return Fraction(sign * int(digits), 10**places * scale)


def same_answer(answer, gold):
    strip = str.maketrans("", "", "$ \t\n\r\f\v")
    answer, gold = answer.translate(strip), gold.translate(strip)
    x, y = _value(answer), _value(gold)
    if x is None or y is None:
        return answer == gold and len(answer) > 0
    return x == y


def verifiable_reward(text, gold):
    inner = r"((?!</?think>|</?answer>).)*"
    form = re.fullmatch(
        rf"\s*<think>{inner}</think>\s*<answer>{inner}</answer>\s*",
        text,
        flags=re.S,
    )
    match = re.search(r"(?s).*<answer>(.*?)</answer>(?!.*</answer>)", text)
    end = text.rfind("</answer>")
    start = text[: max(end, 0)].rfind("<answer>")
    if match is None and start < 0:
        answer = extract_boxed(text)
    else:
        inside = text[start + 8 : end]
        answer = extract_boxed(inside)
        if answer is None:
            answer = inside
    right = answer is not None and same_answer(answer, gold)
    return round(bool(form) / 10 + right * 0.9, 10)
