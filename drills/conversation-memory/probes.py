"""Hidden tests of `trim`: messages of different lengths, turns of one to five messages."""

from llmprep.judge.probes import Tools, probe


@probe(en="Random conversations", zh="随机的对话")
def values(impl, t: Tools):
    found = []
    for _ in range(3):
        messages = conversation(t, 5)
        total = sum(map(count, messages))
        found += [trimmed(impl, messages, total - t.integer(1, 30) * 2) for _ in range(2)]
    return found


@probe(en="Every budget", zh="各种预算")
def budgets(impl, t: Tools):
    messages = [
        say("system", 4),
        say("user", 3),
        say("assistant", 6),
        say("user", 2),
        say("assistant", 1),
        say("tool", 5),
        say("assistant", 2),
        say("user", 3),
    ]
    return [trimmed(impl, messages, budget) for budget in range(5, 28)]


@probe(en="Tool calls and their results", zh="工具调用与结果")
def tools(impl, t: Tools):
    roles = [
        "system",
        "user",
        "assistant",
        "tool",
        "tool",
        "assistant",
        "user",
        "assistant",
        "tool",
        "assistant",
    ]
    messages = [say(role, 2 + i % 3) for i, role in enumerate(roles)]
    return [trimmed(impl, messages, budget) for budget in (12, 14, 16, 18, 20, 24, 27, 30, 40)]


@probe(en="With a summary", zh="带摘要")
def summaries(impl, t: Tools):
    messages = conversation(t, 6)
    total = sum(map(count, messages))
    return [trimmed(impl, messages, total - less, summary_of) for less in (0, 1, 6, 12, 20, 40)]


@probe(en="The summary needs room as well", zh="摘要本身也占预算")
def room_for_summary(impl, t: Tools):
    messages = [say("system", 2), *(say("user", n) for n in (3, 4, 5, 6, 7))]

    def long(dropped):
        return "s " * (9 if len(dropped) == 2 else 3)

    return [trimmed(impl, messages, budget, long) for budget in range(11, 28)]


@probe(en="System messages: none, several, later ones", zh="system 消息：没有、多条、出现在后面")
def system_messages(impl, t: Tools):
    turns = [say("user", 5), say("assistant", 2), say("user", 3), say("system", 4), say("assistant", 1)]
    conversations = [turns, [say("system", 3), say("system", 2), *turns], [say("assistant", 4), *turns]]
    return [
        trimmed(impl, messages, budget, summarise)
        for messages in conversations
        for budget in (8, 12, 13, 16, 30)
        for summarise in (None, summary_of)
    ]


@probe(en="Next to nothing", zh="几乎没有内容")
def small(impl, t: Tools):
    system, user = say("system", 3), say("user", 4)
    return [
        trimmed(impl, messages, budget, summary_of)
        for messages in ([], [system], [user], [system, user], [say("assistant", 2)])
        for budget in (0, 2, 3, 6, 7)
    ]


@probe(en="The input stays as it is", zh="输入保持原样")
def copies(impl, t: Tools):
    messages = conversation(t, 4)
    before = [dict(message) for message in messages]
    total = sum(map(count, messages))
    same = impl.trim(messages, total, count)
    shorter = impl.trim(messages, total - 1, count, summary_of)
    new = [same is not messages, shorter is not messages]
    return [new, messages == before, list(same), list(shorter)]


def trimmed(impl, messages, budget, summarise=None):
    """The messages kept, or that it cannot be, and what was given to the summary."""
    asked = []

    def noted(dropped):
        asked.append([message["content"] for message in dropped])
        return summarise(dropped)

    try:
        kept = list(impl.trim(messages, budget, count, *([noted] if summarise else [])))
    except ValueError:
        return "ValueError"
    return {"kept": kept, "summarised": bool(asked), "last": asked[-1:]}


def summary_of(dropped):
    return "Earlier: " + " ".join(message["content"].split()[0] for message in dropped)


def count(message) -> int:
    return 1 + len(message["content"].split())


def say(role: str, words: int) -> dict[str, str]:
    return {"role": role, "content": " ".join([f"{role[0]}{words}"] + ["w"] * (words - 1))}


def conversation(t: Tools, turns: int):
    messages = [say("system", t.integer(2, 6))]
    for _ in range(turns):
        messages.append(say("user", t.integer(1, 9)))
        for role in t.choice([[], ["assistant"], ["assistant", "tool", "assistant"], ["assistant"]]):
            messages.append(say(role, t.integer(1, 9)))
    return messages
