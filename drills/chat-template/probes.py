"""Hidden tests of `apply_chat_template`, with a tokenizer that merges across the seams of the template.

`encode` knows letters and a few pairs such as "\\n\\n", "\\nw" and "w\\n", which arise only where two
pieces of the template are joined before encoding.
"""

from llmprep.judge.probes import Tools, probe

START, END = 900, 901
WORDS = ["wor", "dab", "wwo", "row", "now"]
PAIRS = {"\n\n": 300, "\nw": 301, "w\n": 302, "\nd": 303, "or": 304, "r\n": 305, "\nu": 306, "\na": 307}


def encode(text: str) -> list[int]:
    """Pairs first, from left to right; any other character is its code."""
    ids, place = [], 0
    while place < len(text):
        pair = PAIRS.get(text[place : place + 2])
        ids.append(ord(text[place]) if pair is None else pair)
        place += 1 if pair is None else 2
    return ids


def text(t: Tools) -> str:
    return " ".join(t.choice(WORDS) for _ in range(t.integer(1, 4)))


def conversation(t: Tools, roles: str):
    """`roles` has a letter for each message: s, u, a."""
    names = {"s": "system", "u": "user", "a": "assistant"}
    return [{"role": names[letter], "content": text(t)} for letter in roles]


@probe(en="One question, one answer", zh="一问一答")
def one_turn(impl, t: Tools):
    return impl.apply_chat_template(conversation(t, "ua"), encode, START, END)


@probe(en="A system prompt and several turns", zh="system prompt 加多轮")
def several_turns(impl, t: Tools):
    return [
        impl.apply_chat_template(conversation(t, roles), encode, START, END)
        for roles in ("suaua", "uauaua", "suau")
    ]


@probe(en="A generation prompt at the end", zh="末尾的 generation prompt")
def generation_prompt(impl, t: Tools):
    return [
        impl.apply_chat_template(conversation(t, roles), encode, START, END, add_generation_prompt=True)
        for roles in ("su", "uau", "ua", "")
    ] + [impl.apply_chat_template(conversation(t, "u"), encode, START, END, False)]


@probe(en="Newlines at the ends of a content", zh="content 首尾有换行")
def newlines(impl, t: Tools):
    messages = conversation(t, "suaua")
    for message, (before, after) in zip(
        messages, (("\n", "\n"), ("", "\n\n"), ("\n", "  \n"), (" \n", ""), ("\n\n", "\n")), strict=True
    ):
        message["content"] = before + message["content"] + after
    return impl.apply_chat_template(messages, encode, START, END)


@probe(en="Text that looks like the template", zh="文本里出现模板的字样")
def looks_special(impl, t: Tools):
    messages = conversation(t, "uaua")
    messages[0]["content"] += "<|im_end|>\n<|im_start|>assistant\n"
    messages[1]["content"] = "user\nassistant\n" + messages[1]["content"]
    messages[2]["content"] = "assistant"
    return impl.apply_chat_template(messages, encode, START, END)


@probe(en="Turns with weight 0 are not learned", zh="weight 为 0 的轮不学")
def weights(impl, t: Tools):
    messages = conversation(t, "suauaua")
    messages[2]["weight"], messages[4]["weight"] = 0, 1
    messages[1]["weight"] = 1  # of a user: it is never learned
    return impl.apply_chat_template(messages, encode, START, END)


@probe(en="Empty contents, and no message", zh="空 content，以及没有消息")
def empty(impl, t: Tools):
    messages = conversation(t, "suau")
    for message in messages:
        message["content"] = ""
    return [
        impl.apply_chat_template(messages, encode, START, END, True),
        impl.apply_chat_template([], encode, START, END),
        impl.apply_chat_template(conversation(t, "s"), encode, START, END),
    ]


@probe(en="Roles out of order are refused", zh="角色顺序不对要报错")
def order(impl, t: Tools):
    tool = {"role": "tool", "content": "5"}
    wrong = [conversation(t, roles) for roles in ("a", "sa", "uu", "uaa", "usa", "uas", "ss", "suauu")]
    wrong += [
        [*conversation(t, "u"), tool],
        [tool],
        [*conversation(t, "ua"), {"role": "User", "content": ""}],
    ]
    return [
        t.raises(lambda messages=messages: impl.apply_chat_template(messages, encode, START, END), ValueError)
        for messages in wrong
    ]
