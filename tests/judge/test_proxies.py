"""What a probe holds: the candidate's names, classes and objects, and what is said when they do not fit."""

from __future__ import annotations

import pytest
import torch

ONE = """
@probe(en="One", zh="一")
def one(impl, t: Tools):
    return {call}
"""


def test_signature_problems_tell_both_sides(bench):
    run = bench(ONE.format(call="impl.f(t.randn(2), scale=2)"), "def f(x, factor=1):\n    return x\n").run()
    assert run.problem == "signature"
    assert run.detail["name"] == "f"
    assert run.detail["accepts"] == "(x, factor=1)"
    assert "scale" in run.detail["message"]


def test_signatures_are_shown_as_one_writes_them(bench):
    source = (
        "import torch\ndef f(x: torch.Tensor, p: float = 0.5, *, m: torch.nn.Linear | None = None): ...\n"
    )
    run = bench(ONE.format(call="impl.f()"), source).run()
    assert run.detail["accepts"] == "(x: Tensor, p: float = 0.5, *, m: Linear | None = None)"


def test_a_type_error_of_the_learners_own_is_an_exception(bench):
    run = bench(ONE.format(call="impl.f(t.randn(2))"), "def f(x):\n    return len(3)\n").run()
    assert (run.problem, run.detail["line"]) == ("exception", 2)


NET = """
from torch import nn
class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
"""


def test_a_constructor_and_forward_with_other_arguments_are_signature_problems(bench):
    source = NET
    assert bench(ONE.format(call="t.module(impl.Net, 3, 4)"), source).run().detail["name"] == "Net"
    forward = source + "    def forward(self, x, y):\n        return x\n"
    run = bench(ONE.format(call="t.module(impl.Net, 3)(t.randn(2))"), forward).run()
    assert (run.problem, run.detail["name"], run.detail["accepts"]) == ("signature", "Net.forward", "(x, y)")


def test_a_module_without_forward_lacks_it(bench):
    source = "from torch import nn\nclass Net(nn.Module):\n    pass\n"
    run = bench(ONE.format(call="impl.Net()(t.randn(2))"), source).run()
    assert (run.problem, run.detail) == ("missing", {"what": "name", "name": "Net.forward"})


@pytest.mark.parametrize(
    ("call", "name"), [("impl.g(1)", "g"), ("impl.Net().size", "Net.size"), ("impl.Net.make()", "Net.make")]
)
def test_missing_names_are_told(bench, call, name):
    run = bench(ONE.format(call=call), "class Net:\n    pass\n").run()
    assert (run.problem, run.detail["name"]) == ("missing", name)


def test_a_property_that_fails_is_the_learners_exception(bench):
    source = "class Net:\n    @property\n    def size(self):\n        return self.nothing\n"
    run = bench(ONE.format(call="impl.Net().size"), source).run()
    assert (run.problem, run.detail["type"], run.detail["line"]) == ("exception", "AttributeError", 4)


def test_objects_can_be_indexed_iterated_and_handed_back(bench):
    source = """
    class Vocabulary(list):
        def add(self, word):
            self.append(word)
            return self
    def size(vocabulary):
        return type(vocabulary).__name__, len(vocabulary)
    """
    probe = """
    @probe(en="One", zh="一")
    def one(impl, t: Tools):
        words = impl.Vocabulary().add("a").add("b")
        return [len(words), words[0], list(words), impl.size(words), impl.size({"w": words}["w"])]
    """
    assert bench(probe, source).run().value == [2, "a", ["a", "b"], ["Vocabulary", 2], ["Vocabulary", 2]]


def test_a_named_tuple_stays_one(bench):
    probe = """
    from typing import NamedTuple

    class Point(NamedTuple):
        x: torch.Tensor
        y: int

    @probe(en="One", zh="一")
    def one(impl, t: Tools):
        return impl.f(Point(t.randn(2), 3))
    """
    run = bench(probe, "def f(p):\n    return [str(p.x.dtype), p.y]\n").run("float64")
    assert run.value == ["torch.float64", 3]


def test_what_a_run_leaves_in_global_state_does_not_reach_the_next(bench):
    probe = ONE.format(call="impl.f(t.randn(3))")
    source = """
    import random, torch
    def f(x):
        out = [x + torch.rand(()), random.random(), torch.is_grad_enabled(), str(torch.get_default_dtype())]
        torch.set_grad_enabled(False)
        torch.set_default_dtype(torch.float64)
        torch.set_default_device("meta")
        return out
    """
    run_bench = bench(probe, source)
    first, second = run_bench.run(), run_bench.run()
    assert second.problem is None, second.detail
    assert str(first.value) == str(second.value)


def test_a_value_is_taken_when_it_is_returned(bench):
    source = "import torch\nbuffer = torch.zeros(3)\ndef f(x):\n    buffer.add_(x)\n    return buffer\n"
    run_bench = bench(ONE.format(call="impl.f(t.randn(3))"), source)
    first = run_bench.run().value.clone()
    run = run_bench.run()
    assert not torch.equal(first, run.value)
    run_bench.namespace.buffer.zero_()
    assert torch.count_nonzero(run.value) == 3


def test_the_line_of_the_forward_step_is_found_when_the_backward_step_fails(bench):
    source = """
    def f(x):
        weights = x.softmax(-1)
        weights *= 2
        return weights
    """
    run = bench(ONE.format(call="impl.f(t.randn(2, 3))"), source).run("gradient")
    assert (run.problem, run.detail["type"]) == ("exception", "RuntimeError")
    assert (run.detail["line"], run.detail["code"]) == (3, "weights = x.softmax(-1)")
