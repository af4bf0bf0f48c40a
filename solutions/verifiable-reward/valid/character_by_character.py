from decimal import Decimal
from fractions import Fraction


def extract_boxed(text):
    opened, best, i = [], None, 0
    stack = []
    while i < len(text):
        if text.startswith("\\boxed{", i):
            stack.append(i + 7)
            i += 7
        elif text[i] == "\\":
            i += 2
        else:
            if text[i] == "{":
                stack.append(None)
            elif text[i] == "}" and stack:
                start = stack.pop()
                if start is not None:
                    opened.append((start, text[start:i]))
            i += 1
    if opened:
        best = max(opened)[1]
    return best


def _integer(text, signed):
    if signed and text[:1] in ("+", "-"):
        sign, digits = (-1 if text[0] == "-" else 1), text[1:]
    else:
        sign, digits = 1, text
    if not digits or not all(c in "0123456789" for c in digits):
        raise ValueError(text)
    return sign * int(digits)


def _unsigned(text):
    if text.endswith("\\%"):
        return _unsigned_bare(text[:-2]) / 100
    if text.endswith("%"):
        return _unsigned_bare(text[:-1]) / 100
    return _unsigned_bare(text)


def _unsigned_bare(text):
    for name in ("\\frac{", "\\dfrac{", "\\tfrac{"):
        if text.startswith(name):
            top, middle, bottom = text[len(name) :].partition("}{")
            if not middle or not bottom.endswith("}"):
                raise ValueError(text)
            return Fraction(_integer(top, True), _integer(bottom[:-1], True))
    if "/" in text:
        a, b = text.split("/")
        return Fraction(_integer(a, False), _integer(b, True))
    whole, _, rest = text.partition(".")
    if "," in whole:
        head, *groups = whole.split(",")
        if not 1 <= len(head) <= 3 or any(len(g) != 3 for g in groups):
            raise ValueError(text)
        whole = head + "".join(groups)
    if not whole and not rest:
        raise ValueError(text)
    _integer((whole or "0") + (rest or "0"), False)
    return Fraction(Decimal((whole or "0") + "." + (rest or "0")))


def _number(text):
    try:
        if text.startswith("-"):
            return -_unsigned(text[1:])
        return _unsigned(text.removeprefix("+"))
    except (ValueError, ZeroDivisionError):
        return None


def same_answer(answer, gold):
    answer, gold = ("".join(x.replace("$", "").split()) for x in (answer, gold))
    if answer == "":
        return False
    numbers = _number(answer), _number(gold)
    if None in numbers:
        return answer == gold
    return numbers[0] == numbers[1]


def _format(text):
    text = text.strip()
    for tag in ("<think>", "</think>", "<answer>", "</answer>"):
        if len(text.split(tag)) != 2:
            return False
    if not (text.startswith("<think>") and text.endswith("</answer>")):
        return False
    end, start = text.index("</think>"), text.index("<answer>")
    return start > end and text[end + len("</think>") : start].strip() == ""


def verifiable_reward(text, gold):
    reward = 0.1 if _format(text) else 0.0
    before, closing, _ = text.rpartition("</answer>")
    _, opening, inside = before.rpartition("<answer>")
    if closing and opening:
        answer = extract_boxed(inside)
        answer = inside if answer is None else answer
    else:
        answer = extract_boxed(text)
    if answer is not None and same_answer(answer, gold):
        reward = 1.0 if reward else 0.9
    return reward
