import json

OPEN, CLOSE = "<tool_call>", "</tool_call>"
state = {"inside": False, "buffer": "", "string": False, "escaped": False}


class ToolCallParser:
    def feed(self, piece):
        text, calls = "", []
        for character in piece:
            state["buffer"] += character
            if not state["inside"]:
                while not OPEN.startswith(state["buffer"]):
                    text += state["buffer"][0]
                    state["buffer"] = state["buffer"][1:]
                if state["buffer"] == OPEN:
                    state.update(
                        inside=True, buffer="", string=False, escaped=False
                    )
                continue
            if state["escaped"]:
                state["escaped"] = False
            elif state["string"] and character == "\\":
                state["escaped"] = True
            elif character == '"':
                state["string"] = not state["string"]
            if not state["string"] and state["buffer"].endswith(CLOSE):
                calls.append(read(state["buffer"][: -len(CLOSE)]))
                state.update(inside=False, buffer="")
        return text, calls

    def finish(self):
        inside, buffer = state["inside"], state["buffer"]
        state.update(inside=False, buffer="")
        return ("", [(None, buffer)]) if inside else (buffer, [])


def read(raw):
    try:
        call = json.loads(raw)
        if isinstance(call["name"], str) and isinstance(
            call["arguments"], dict
        ):
            return call["name"], call["arguments"]
    except (ValueError, KeyError, TypeError):
        pass
    return None, raw
