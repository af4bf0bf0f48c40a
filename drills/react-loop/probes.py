"""Hidden tests of `react`: scripted models and tools, and every transcript that the model was given."""

from llmprep.judge.probes import Tools, probe


@probe(en="Two calls of tools, then an answer", zh="调用两次工具，然后作答")
def values(impl, t: Tools):
    n = t.integer(2, 90)
    return run(
        impl,
        "How much?",
        [
            "Thought: I must look it up.\nAction: Search[price of tea]",
            f"Thought: Now add.\nAction: add[{n} 5]",
            f"Thought: That is it.\nAction: Finish[{n + 5}]",
            "never asked",
        ],
    )


@probe(en="The model goes on and invents observations", zh="模型接着往下编造 observation")
def invented(impl, t: Tools):
    return [
        run(impl, "q", ["Action: echo[a]\nObservation: b\nAction: Finish[wrong]", "Action: Finish[right]"]),
        run(impl, "q", ["Thought: x\nObservation: y\nAction: Finish[wrong]", "Action: Finish[ok]"]),
        run(impl, "q", ["Thought: no Observation: here\nAction: echo[Observation: z]", "Action: Finish[ok]"]),
        run(impl, "q", ["Observation: first\nAction: echo[1]", " Observation: indented\nAction: Finish[ok]"]),
        run(impl, "q", ["Action: Finish[done]\nObservation: more"]),
    ]


@probe(en="The limit of steps", zh="步数上限")
def limit(impl, t: Tools):
    script = [f"Action: echo[{i}]" for i in range(9)]
    return [
        run(impl, "q", script),
        run(impl, "q", script, max_steps=2),
        run(impl, "q", script, max_steps=0),
        run(impl, "q", ["Thought: hm"] * 9, max_steps=3),
        run(impl, "q", ["Action: echo[1]", "Action: Finish[last]", "x"], max_steps=2),
        run(
            impl, "q", ["Action: nobody[1]", "Action: [", "Action: fail[1]", "Action: Finish[4]"], max_steps=3
        ),
    ]


@probe(en="Tools that are not there", zh="不存在的工具")
def unknown(impl, t: Tools):
    return run(impl, "q", ["Action: serch[x]", "Action: finish[y]", "Action: Echo[z]", "Action: Finish[]"])


@probe(en="Tools that fail", zh="出错的工具")
def failing(impl, t: Tools):
    script = ["Action: fail[now]", "Action: missing[key]", "Action: silent[]", "Action: Finish[a]"]
    return run(impl, "q", script)


@probe(en="What is not caught", zh="不该捕获的")
def not_caught(impl, t: Tools):
    def broken(transcript):
        raise ValueError("the model is down")

    def interrupt(text):
        raise Interrupt

    return [
        t.raises(lambda: impl.react("q", broken, {}), ValueError),
        t.raises(lambda: impl.react("q", lambda _: "Action: stop[]", {"stop": interrupt}), Interrupt),
    ]


@probe(en="Actions that are not valid", zh="不合法的动作")
def malformed(impl, t: Tools):
    lines = [
        "Thought: nothing to do",
        "Action: echo(1)",
        "Action:echo[1]",
        "Action: echo [1]",
        "Action:  echo[1]",
        "Action: echo[1] then",
        "Action: echo[1",
        "Action: [1]",
        "Action: a-b[1]",
        "Thought: t\n  Action: echo[1]\nAction: echo",
        "Thought: t\n  Action: echo[1]",
        "Action: echo[1] \nmore",
        "action: echo[1]",
        "I take Action: echo[1]",
        "",
        "Action: bad\nAction: echo[second]",
    ]
    return run(impl, "q", [*lines, "Action: Finish[end]"], max_steps=50)


@probe(en="Brackets, several actions, blanks", zh="方括号、多个动作、空白")
def odd_actions(impl, t: Tools):
    script = [
        "Action: echo[a[0] = [1]]",
        "Action: echo[1]\nAction: echo[2]\nAction: Finish[3]",
        "\n\n  Thought: t\n\nAction: echo[ b ]  \n\n",
        "Action: echo[]",
        "Action: echo[中文 ] 🙂]",
        "Action: echo[x]\nThought: Finish[y]",
        "Action: tool_2[two]",
        "Action: Finish[ a, [b] ]",
    ]
    return run(impl, "多长？\nreally", script, max_steps=20)


class Interrupt(BaseException):
    """As Ctrl-C: not an Exception."""


def run(impl, question, script, **settings):
    """The result, what the model was given each time, and how the tools were called."""
    given, called = [], []

    def model(transcript):
        given.append(transcript)
        return script[len(given) - 1]

    def add(text):
        called.append(["add", text])
        return str(sum(map(int, text.split())))

    def echo(text):
        called.append(["echo", text])
        return f"<{text}>"

    def fail(text):
        raise RuntimeError(f"cannot {text}")

    def missing(text):
        return {}[text]

    tools = {"add": add, "echo": echo, "Search": echo, "fail": fail, "missing": missing, "tool_2": echo}
    tools["silent"] = lambda text: ""
    answer, transcript = impl.react(question, model, tools, **settings)
    return {"answer": answer, "transcript": transcript, "given": given, "called": called}
