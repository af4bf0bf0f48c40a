"""What a computation costs, counted and not timed."""

from __future__ import annotations

import torch
from torch import nn

from llmprep.judge.cost import measure


def test_flops_of_matrix_products():
    a, b = torch.randn(4, 5), torch.randn(5, 6)
    assert measure(lambda: a @ b)["flops"] == 2 * 4 * 5 * 6
    layer = nn.Linear(5, 7)
    assert measure(lambda: layer(a))["flops"] == 2 * 4 * 5 * 7


def test_the_largest_new_tensor_counts_and_views_do_not():
    x = torch.randn(10, 10)
    assert measure(lambda: x.view(100)[:50].t())["largest"] == 0
    figures = measure(lambda: (x @ x).sum())
    assert figures["largest"] == 400
    assert measure(lambda: x.add_(1))["largest"] == 0


def test_the_peak_counts_what_is_alive_at_once():
    x = torch.zeros(256)

    def one_after_the_other() -> None:
        for _ in range(5):
            x + 1

    def all_at_once() -> list[torch.Tensor]:
        return [x + 1 for _ in range(5)]

    assert measure(one_after_the_other)["peak"] <= 2048
    assert measure(all_at_once)["peak"] == 5 * 1024


def test_memory_that_is_freed_and_taken_again_is_counted_again():
    x = torch.zeros(256)

    def step() -> None:
        y = x + 1
        z = y.view(16, 16)
        del y
        z.sum()

    def many() -> None:
        for _ in range(50):
            step()

    assert measure(many)["peak"] <= 2 * 1024 + 16


def test_operators_are_counted():
    x = torch.ones(3)
    assert measure(lambda: (x + 1) * 2)["operators"] == 2


def test_a_cost_limit_comes_from_the_references_own_run(make_drill, grade, fails):
    drill = make_drill(
        """
        @probe(en="Cost", zh="开销")
        def cost(impl, t: Tools):
            a, b, x = t.randn(9, 8), t.randn(8, 7), t.randn(7)
            out = []
            return [t.cost(lambda: out.append(impl.chain(a, b, x)), flops=1.2), out[0]]
        """,
        "def chain(a, b, x):\n    return a @ (b @ x[:, None])\n",
    )
    assert grade(drill, "def chain(a, b, x):\n    return a @ (b @ x[:, None])\n").passed
    first = fails(drill, "def chain(a, b, x):\n    return (a @ b) @ x[:, None]\n")
    assert (first.problem, first.variation, first.detail["what"]) == ("cost", "base", "flops")
    assert first.detail["actual"] > first.detail["expected"]


def test_a_mistake_that_costs_much_more_is_not_named(make_drill, grade):
    drill = make_drill(
        """
        @probe(en="Cost", zh="开销", no_grad=True, dtypes=False)
        def cost(impl, t: Tools):
            x = t.randn(64)
            return [t.cost(lambda: impl.total(x), largest=1.5), impl.total(x)]
        """,
        "import torch\ndef total(x):\n    return x.sum()\n",
        {
            "copied": {"x.sum()": "x.repeat(4).sum() / 4"},
            "squared": {"x.sum()": "(x[:, None] + torch.zeros(64)).mean(1).sum()"},
        },
    )
    copied = grade(drill, "import torch\ndef total(x):\n    return torch.cat([x] * 4).sum() / 4\n")
    assert copied.diagnosis is not None
    assert copied.diagnosis.mistakes == ("copied",)
    between = grade(drill, "import torch\ndef total(x):\n    return torch.cat([x] * 16).sum() / 16\n")
    assert not between.passed
    assert between.diagnosis is None


def test_after_a_pass_the_cost_is_shown_beside_the_references(attention, right, grade):
    verdict = grade(attention, right)
    assert verdict.passed
    assert verdict.cost["yours"] == verdict.cost["reference"]
    assert verdict.cost["yours"]["flops"] == 2 * 2 * (5 * 7 * 8 + 5 * 7 * 12)
