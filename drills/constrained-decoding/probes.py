"""Hidden tests of the constraint: long tokens, a state 0 inside, rows in different states.

What gradient a forbidden logit gets is not part of the task: 0, or what flows into its −∞.
"""

import torch

from llmprep.judge.probes import Tools, probe

# -?[0-9]+(\.[0-9]+)?  Reading begins in state 3; state 0 lies inside.
DIGITS = "0123456789"
NUMBER = {
    3: {"-": 1} | dict.fromkeys(DIGITS, 0),
    1: dict.fromkeys(DIGITS, 0),
    0: {".": 2} | dict.fromkeys(DIGITS, 0),
    2: dict.fromkeys(DIGITS, 4),
    4: dict.fromkeys(DIGITS, 4),
}
TOKENS = ["1", "-", ".", "42", "-7", "</s>", "3.", ".5", "", "1.2.3", "a", "4a", "--", "-1.5", "0", "7-", "."]
EOS = 5


def number(impl):
    return impl.Constraint(NUMBER, {0, 4}, TOKENS, EOS)


@probe(en="Allowed tokens in every state", zh="各状态下允许的 token")
def allowed(impl, t: Tools):
    constraint = number(impl)
    return [constraint.allowed(state) for state in (3, 1, 0, 2, 4, None)]


@probe(en="Random automata and tokens", zh="随机的自动机与 token")
def random_automata(impl, t: Tools):
    found = []
    for _ in range(3):
        transitions = {s: {c: t.integer(0, 5) for c in "abc" if t.integer(0, 3)} for s in range(4)}
        texts = ["".join(t.choice("abc") for _ in range(t.integer(0, 4))) for _ in range(20)]
        constraint = impl.Constraint(transitions, {1, 4}, texts, 7)
        found.append([constraint.allowed(state) for state in (0, 1, 2, 3, 4, None)])
    return found


@probe(en="The eos token reads like other text", zh="eos 的字符串看起来像普通文本")
def readable_eos(impl, t: Tools):
    loop = {0: {"a": 0, "e": 1}, 1: {"a": 0}}
    constraint = impl.Constraint(loop, {1}, ["a", "e", "ae", "ea", "aa"], 2)
    return [
        [constraint.allowed(state) for state in (0, 1, None)],
        constraint.advance([1, None], torch.tensor([2, 2])),
    ]


@probe(en="Masked logits, one state per row", zh="mask 后的 logits，每行一个状态", no_grad=True)
def masked(impl, t: Tools):
    return number(impl).mask(t.randn(6, len(TOKENS), scale=4.0), [2, 3, 0, None, 1, 4])


@probe(en="More logits than tokens", zh="logits 比 token 多", no_grad=True)
def padded(impl, t: Tools):
    logits = t.randn(3, len(TOKENS) + 6)
    logits[:, -2] = 50.0
    return number(impl).mask(logits, [0, None, 3])


@probe(en="Probabilities after the mask", zh="mask 之后的概率")
def probabilities(impl, t: Tools):
    logits = t.randn(4, len(TOKENS), shift=-8.0, scale=2.0)
    return number(impl).mask(logits, [3, 0, 4, None]).softmax(dim=-1)


@probe(en="States advance row by row", zh="各行的状态分别前进")
def advanced(impl, t: Tools):
    constraint, states = number(impl), [3, 3, 3, 3, 0]
    rounds = [[13, 4, 0, 1, 5], [0, 6, 5, 3, 5], [5, 14, 5, 16, 5], [5, 0, 5, 3, 5]]
    history = []
    for tokens in rounds:
        states = constraint.advance(states, torch.tensor(tokens))
        history.append(states)
    return history


@probe(en="Greedy generation under the constraint", zh="在约束下贪心生成", no_grad=True)
def generation(impl, t: Tools):
    constraint, states, rows = number(impl), [3, 3, 3], []
    for _ in range(6):
        logits = t.randn(3, len(TOKENS), scale=2.0).detach()
        tokens = constraint.mask(logits, states).argmax(dim=-1)
        states = constraint.advance(states, tokens)
        rows.append([tokens, states])
    return rows


@probe(en="What is not possible", zh="不可能的情形", no_grad=True)
def errors(impl, t: Tools):
    constraint, logits = number(impl), torch.zeros(2, len(TOKENS))
    dead_end = impl.Constraint({0: {"a": 1}}, {2}, ["a", "b", "</s>"], 2)
    cases = [([3], [2]), ([3], [5]), ([None], [0]), ([0, 2], [0, 5]), ([0], [8]), ([3, 1], [12, 0])]
    return [
        *(t.raises(lambda case=case: constraint.advance(case[0], torch.tensor(case[1]))) for case in cases),
        t.raises(lambda: dead_end.mask(torch.zeros(1, 3), [1])),
        t.raises(lambda: constraint.mask(logits, [0, 99])),
        dead_end.allowed(1),
        constraint.mask(logits, [0, None]),
    ]
