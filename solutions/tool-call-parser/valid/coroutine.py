import json
from contextlib import suppress

OPEN, CLOSE = "<tool_call>", "</tool_call>"


def machine(out):
    """A generator that is sent characters; None is the end."""
    held = ""
    while True:
        character = yield
        if character is None:
            out[0].append(held)
            return
        held += character
        while held and held != OPEN[: len(held)]:
            out[0].append(held[0])
            held = held[1:]
        if held != OPEN:
            continue
        held, raw, string = "", [], False
        while True:
            character = yield
            if character is None:
                out[1].append((None, "".join(raw)))
                return
            raw.append(character)
            if string and character == "\\":
                character = yield
                if character is None:
                    out[1].append((None, "".join(raw)))
                    return
                raw.append(character)
            elif character == '"':
                string = not string
            elif (
                not string
                and character == ">"
                and "".join(raw[-len(CLOSE) :]) == CLOSE
            ):
                break
        out[1].append(check("".join(raw[: -len(CLOSE)])))


def check(raw):
    try:
        call = json.loads(raw)
    except json.JSONDecodeError:
        call = None
    if (
        isinstance(call, dict)
        and isinstance(call.get("name"), str)
        and isinstance(call.get("arguments"), dict)
    ):
        return call["name"], call["arguments"]
    return None, raw


class ToolCallParser:
    def __init__(self):
        self.out = [[], []]
        self.machine = machine(self.out)
        next(self.machine)

    def feed(self, piece):
        for character in piece:
            self.machine.send(character)
        return self.take()

    def finish(self):
        with suppress(StopIteration):
            self.machine.send(None)
        return self.take()

    def take(self):
        text, calls = "".join(self.out[0]), list(self.out[1])
        self.out[0].clear()
        self.out[1].clear()
        return text, calls
