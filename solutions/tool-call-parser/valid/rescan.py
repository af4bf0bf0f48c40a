import json
import re

OPEN, CLOSE = "<tool_call>", "</tool_call>"
BODY = re.compile(r'((?:[^"]|"(?:[^"\\]|\\.)*")*?)</tool_call>', re.DOTALL)


class ToolCallParser:
    def __init__(self):
        self.rest = ""

    def feed(self, piece):
        self.rest += piece
        text, calls = [], []
        while True:
            place = self.rest.find(OPEN)
            if place < 0:
                keep = next(
                    n
                    for n in range(len(OPEN) - 1, -1, -1)
                    if self.rest.endswith(OPEN[:n])
                )
                cut = len(self.rest) - keep
                text.append(self.rest[:cut])
                self.rest = self.rest[cut:]
                break
            text.append(self.rest[:place])
            self.rest = self.rest[place:]
            body = BODY.match(self.rest, len(OPEN))
            if not body:
                break
            calls.append(self.parse(body[1]))
            self.rest = self.rest[body.end() :]
        return "".join(text), calls

    def finish(self):
        if self.rest.startswith(OPEN):
            return "", [(None, self.rest[len(OPEN) :])]
        return self.rest, []

    @staticmethod
    def parse(raw):
        try:
            call = json.loads(raw)
            name, arguments = call["name"], call["arguments"]
        except (ValueError, KeyError, TypeError):
            return None, raw
        return (
            (name, arguments)
            if type(name) is str and type(arguments) is dict
            else (None, raw)
        )
