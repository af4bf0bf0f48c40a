"""Hidden tests of `ToolCallParser`: the same streams whole, by characters, and cut at random."""

import json
from itertools import pairwise

from llmprep.judge.probes import Tools, probe

OPEN, CLOSE = "<tool_call>", "</tool_call>"


@probe(en="One call in one piece", zh="一片里一个调用")
def whole(impl, t: Tools):
    return [
        read(impl, ["Let me look. " + call("search", {"q": "llm", "n": 3}) + " Done."]),
        read(impl, [f'{OPEN}\n{{"arguments": {{}}, "name": "now"}}\n{CLOSE}']),
        read(impl, ["no call at all"]),
        read(impl, []),
        read(impl, ["", "a", ""]),
    ]


@probe(en="Cut anywhere", zh="在任意位置切开")
def cut_anywhere(impl, t: Tools):
    short = f"Hi {call('add', {'a': 1})}!"
    long = f"Hi {call('add', {'a': 1, 'b': [2, {'c': None}]})} and {call('say', {'text': 'é🙂'})}!"
    return [
        read(impl, list(short)),
        *(read(impl, pieces(t, long)) for _ in range(3)),
        *(read(impl, [long[i : i + n] for i in range(0, len(long), n)]) for n in (5, 11)),
    ]


@probe(en="Several calls in one piece", zh="一片里好几个调用")
def several(impl, t: Tools):
    stream = call("a", {"x": 1}) + call("b", {}) + "\n" + call("a", {"x": 1}) + "end" + call("c", {"y": "z"})
    return [read(impl, [stream]), read(impl, [stream[:40], stream[40:]]), read(impl, pieces(t, stream))]


@probe(en="Tags, quotes and backslashes within strings", zh="字符串里的标签、引号、反斜杠")
def strings(impl, t: Tools):
    texts = [
        f"it's a {CLOSE} b {OPEN}",
        f'say "{CLOSE}"',
        "ends with \\",
        f'\\" {CLOSE} \\\\',
        "{[}]",
        "line\nbreak\t中文",
        '\\\\"' * 3 + CLOSE,
    ]
    streams = [call("write", {"text": text, "n": n}) + "|" for n, text in enumerate(texts)]
    escapes = (
        f'{OPEN}{{"name": "\\u0066\\"", "arguments": {{"\\\\": "\\u4e2d\\ud83d\\ude42{CLOSE}\\n"}}}}{CLOSE}'
    )
    return [
        *(read(impl, [stream]) for stream in streams),
        read(impl, pieces(t, "".join(streams))),
        read(impl, list(streams[0])),
        read(impl, list(escapes)),
        read(impl, pieces(t, escapes)),
    ]


@probe(en="Text that only looks like a tag", zh="只是像标签的文本")
def almost_tags(impl, t: Tools):
    streams = [
        "a < b, a <tool b <<tool_call >",
        f"<<tool_call<tool_{call('f', {})}<tool_call",
        "<tool_calls> </tool_call> <TOOL_CALL>",
        f"<tool_cal{OPEN[:4]}{call('g', {'k': 2})}",
    ]
    return [
        [read(impl, list(stream)), read(impl, [stream]), read(impl, pieces(t, stream))] for stream in streams
    ]


@probe(en="Calls that are not valid", zh="不合法的调用")
def invalid(impl, t: Tools):
    bodies = [
        '{"name": "f", "arguments": {"x": 1,}}',
        '{"name": "f"}',
        '{"arguments": {}}',
        '{"name": 3, "arguments": {}}',
        '{"name": null, "arguments": {}}',
        '{"name": "f", "arguments": "{}"}',
        '{"name": "f", "arguments": [1]}',
        '{"name": "f", "arguments": null}',
        '[{"name": "f", "arguments": {}}]',
        '"name"',
        f'"{CLOSE}"',
        "",
        " not json ",
        f'{{"name": \\"a{CLOSE}", "arguments": {{}}}}',
        '{"name": "f", "arguments": {}} {"name": "g", "arguments": {}}',
    ]
    streams = [f"x{OPEN}{body}{CLOSE}y{call('ok', {'z': 1})}" for body in bodies]
    return [*(read(impl, [stream]) for stream in streams), read(impl, pieces(t, "".join(streams[::3])))]


@probe(en="Other keys, blanks, nested objects", zh="多余的键、空白、嵌套对象")
def permitted(impl, t: Tools):
    bodies = [
        '{"id": 7, "name": "f", "arguments": {"name": "g", "arguments": {}}, "more": []}',
        '\n\t {"name": "", "arguments": {"a": {"b": {"c": [true, false, null, 1.5, -2e3]}}}} \n',
    ]
    return [read(impl, pieces(t, f"{OPEN}{body}{CLOSE}")) for body in bodies]


@probe(en="The stream ends early", zh="输出提前结束")
def ends_early(impl, t: Tools):
    stream = "ok " + call("f", {"s": f"a\\{CLOSE}"}) + "<tool"
    return [read(impl, [OPEN]), *(read(impl, [stream[:n]]) for n in range(0, len(stream) + 1, 3))]


@probe(en="Two parsers at once", zh="两个解析器同时工作")
def two_parsers(impl, t: Tools):
    first, second = impl.ToolCallParser(), impl.ToolCallParser()
    stream = call("f", {"x": 1})
    return [
        pair(first.feed(stream[:20])),
        pair(second.feed("text <tool")),
        pair(first.feed(stream[20:])),
        pair(second.finish()),
        pair(first.finish()),
    ]


def call(name: str, arguments: dict) -> str:
    body = json.dumps({"name": name, "arguments": arguments}, ensure_ascii=False)
    return f"{OPEN}{body}{CLOSE}"


def read(impl, parts: list[str]):
    """The text that every piece gave, between bars, and the calls with the number of their piece."""
    parser = impl.ToolCallParser()
    found = [*(pair(parser.feed(part)) for part in parts), pair(parser.finish())]
    calls = [[number, *call] for number, (_, calls) in enumerate(found) for call in calls]
    return {"text": "|".join(text for text, _ in found), "calls": calls}


def pair(found):
    text, calls = found
    return [text, [[name, arguments] for name, arguments in calls]]


def pieces(t: Tools, stream: str) -> list[str]:
    """The stream, cut at random places, some of the pieces empty."""
    cuts = sorted([0, len(stream), *(t.integer(0, len(stream) + 1) for _ in range(len(stream) // 7))])
    return [stream[a:b] for a, b in pairwise(cuts)]
