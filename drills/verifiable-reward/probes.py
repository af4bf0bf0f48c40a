"""Hidden tests of a rule-based reward: boxes that nest and break, spellings of numbers, tags out of order."""

from llmprep.judge.probes import Tools, probe


@probe(en="extract_boxed: one, several, none", zh="extract_boxed：一个、多个、没有")
def boxes(impl, t: Tools):
    first, last = t.integer(2, 99), t.integer(100, 999)
    texts = [
        rf"The sum is \boxed{{{first}}}.",
        rf"First \boxed{{{first}}}, then \boxed{{{last}}} is better.",
        rf"\boxed{{ {last} }} apples",
        f"The answer is {first}.",
        "",
        r"\boxed {3} and \box{4} and boxed{5}",
        r"\boxed{}",
    ]
    return [impl.extract_boxed(text) for text in texts]


@probe(en="extract_boxed: nested braces", zh="extract_boxed：嵌套的花括号")
def nested(impl, t: Tools):
    a, b = t.integer(2, 9), t.integer(11, 99)
    texts = [
        rf"so \boxed{{\frac{{{a}}}{{{b}}}}} holds {{really}}",
        rf"\boxed{{x^{{2^{{{a}}}}}}} and {{more}}",
        rf"\boxed{{\text{{if }} x \in \{{ {a}, {b} \}}}} }}",
        rf"\boxed{{\left\{{ {a} \right.}} and }}",
        rf"\boxed{{{a} \}} {b}}}",
        rf"\boxed{{\boxed{{{a}}} + {b}}}",
        rf"\boxed{{{a}}} in \boxed{{y = \boxed{{{b}}}}}",
    ]
    return [impl.extract_boxed(text) for text in texts]


@probe(en="extract_boxed: boxes that are never closed", zh="extract_boxed：没有闭合的 box")
def unclosed(impl, t: Tools):
    a, b = t.integer(2, 9), t.integer(11, 99)
    texts = [
        rf"\boxed{{{a}}} and then \boxed{{{b}",
        rf"\boxed{{\frac{{{a}}}{{{b}}}",
        rf"\boxed{{{a} and \boxed{{{b}}}",
        rf"\boxed{{{a}}} \boxed{{x \boxed{{\{{}}",
        r"\boxed{",
    ]
    return [impl.extract_boxed(text) for text in texts]


@probe(en="same_answer: spellings of one number", zh="same_answer：同一个数的不同写法")
def spellings(impl, t: Tools):
    n = t.integer(1, 9)
    pairs = [
        ("0.50", "1/2"),
        (r"\frac{1}{2}", ".5"),
        (r"\dfrac{-3}{4}", r"-\tfrac{3}{4}"),
        ("-3/4", r"\frac{3}{-4}"),
        ("3/-4", "-0.75"),
        (f"{n}.", f"+{n}.000"),
        (f"{n},234,567", f"{n}234567"),
        (f"{n},234.5", rf"\frac{{{n}2345}}{{10}}"),
        (f"$ {n} 000 $", f"{n}000"),
        (r"50\%", "0.5"),
        (r"-\frac{1}{4} %", "-0.0025"),
        (f"{2 * n}/{4 * n}", "2/4"),
        ("007", "7"),
        ("-0", "0"),
        ("\\frac{ 1 }{ 3 }\n", "2/6"),
        ("12345678901234567890", "12345678901234567890.0"),
    ]
    return [impl.same_answer(*pair) for pair in pairs]


@probe(en="same_answer: different numbers", zh="same_answer：不同的数")
def different(impl, t: Tools):
    n = t.integer(2, 9)
    pairs = [
        (f"{n}", f"-{n}"),
        ("0.333333333333", "1/3"),
        ("0.33333333333333333333", r"\frac{1}{3}"),
        ("12345678901234567890", "12345678901234567891"),
        ("1e3", "1000"),
        (f"{n}0", f"{n}"),
        ("50%", "50"),
        ("1/2", "2/1"),
        ("0.1", "0.10000000000000000001"),
        (f"{n}^2", f"{n * n}"),
        (f"{n}*3", f"{3 * n}"),
        (f"{n} = {n}", f"{n}"),
        ("1,23", "123"),
        ("1234,567", "1234567"),
        ("1,2345", "12345"),
        ("--1", "1"),
        ("1/2/2", "0.25"),
        ("1_000", "1000"),
        ("1.5/3", "0.5"),
        ("1..5", "1.5"),
        ("%", "0"),
        ("nan", "0"),
    ]
    return [impl.same_answer(*pair) for pair in pairs]


@probe(en="same_answer: texts, empty answers, zero below the line", zh="same_answer：文本、空答案、分母为零")
def texts(impl, t: Tools):
    pairs = [
        ("x + 1", "$x+1$"),
        ("x+1", "1+x"),
        ("(1, 2)", "(1,2)"),
        ("A", "a"),
        ("Yes", "Yes."),
        ("", ""),
        (" $ $ ", "0"),
        ("", "5"),
        ("5", ""),
        ("1/0", "1/0"),
        ("1/0", r"\frac{1}{0}"),
        ("0/0", "1"),
        (r"\infty", r"\infty"),
        ("__import__('os')", "None"),
        ("'a'*2", "aa"),
        (".", "0"),
        ("None", "None"),
        ("nan", "nan"),
    ]
    return [impl.same_answer(*pair) for pair in pairs]


@probe(en="The whole reward", zh="完整的奖励")
def whole(impl, t: Tools):
    n = t.integer(10, 99)
    bodies = [
        f"<think>2 + 2</think><answer>{n}</answer>",
        f"\n<think>\nlong\nthoughts\n</think>\n\n<answer>\n{n}.0\n</answer>\n",
        f"<think></think> <answer> so \\boxed{{{n}}} it is </answer>",
        f"<think>x</think><answer>{n + 1}</answer>",
        f"<think>\\boxed{{{n}}}</think><answer>{n + 1}</answer>",
        f"<think>\\boxed{{{n}}}</think><answer></answer>",
        f"<think>x</think><answer>about {n}</answer>",
        f"Therefore \\boxed{{{n}}}.",
        f"The answer is {n}.",
        f"{n}",
        f"<answer>{n}</answer>",
        "",
    ]
    letter, boxed = "<think>x</think><answer> B </answer>", r"<answer>\boxed{\text{Be}}</answer>"
    others = [(letter, "B"), (letter, "b"), (boxed, r"$\text{Be}$"), (boxed, r"\text{be}"), (boxed, "Be")]
    return [
        [impl.verifiable_reward(body, str(n)) for body in bodies],
        [impl.verifiable_reward(body, gold) for body, gold in others],
    ]


@probe(en="Formats that are not quite right", zh="差一点的格式")
def formats(impl, t: Tools):
    n = t.integer(10, 99)
    good = f"<think>x</think><answer>{n}</answer>"
    bodies = [
        good + " I hope that helps!",
        "Sure! " + good,
        f"<think>x</think> so <answer>{n}</answer>",
        f"<answer>{n}</answer><think>x</think>",
        f"<think>a</think><think>b</think><answer>{n}</answer>",
        f"<think>x</think><answer>1</answer><answer>{n}</answer>",
        f"<think>x</think><answer>{n}</answer><answer>1</answer>",
        f"<think>x<answer>{n}</answer></think>",
        f"<think>x <answer>1</answer></think><answer>{n}</answer>",
        f"<think>x</think><answer>{n}</answer></answer>",
        f"<think>x</think><answer>1<answer>{n}</answer>",
        f"<think>x</think><answer>{n}",
        f"<think>x <answer>{n}</answer>",
        f"<think>\\boxed{{{n}}}</think><answer>1",
        f"</answer>\\boxed{{{n}}}<answer>1",
        f"<Think>x</Think><Answer>{n}</Answer>",
    ]
    return [impl.verifiable_reward(body, f"\\frac{{{2 * n}}}{{2}}") for body in [good, *bodies]]
