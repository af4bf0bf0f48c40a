"""Modules built by probes: parameters are described, compared and filled by name and shape."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from llmprep.judge.agreement import difference
from llmprep.judge.candidate import CandidateProblem
from llmprep.judge.parameters import describe, fill, trainable

PROBE = """
@probe(en="One", zh="一")
def one(impl, t: Tools):
    return t.module(impl.Net)(t.randn(2, 3))
"""
NET = """
import torch
from torch import nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(3, 5)
        self.b = nn.Linear(5, 4, bias=False)
    def forward(self, x):
        return self.b(self.a(x))
"""


class Tied(nn.Module):
    """Two names for one weight, in either order of creation."""

    def __init__(self, output_first: bool):
        super().__init__()
        if output_first:
            self.output = nn.Linear(3, 7, bias=False)
            self.embedding = nn.Embedding(7, 3)
            self.embedding.weight = self.output.weight
        else:
            self.embedding = nn.Embedding(7, 3)
            self.output = nn.Linear(3, 7, bias=False)
            self.output.weight = self.embedding.weight


def test_values_depend_on_name_shape_and_seed_only():
    one, other = nn.Linear(3, 5), nn.Linear(3, 5)
    fill(one, 1)
    fill(other, 1)
    assert torch.equal(one.weight, other.weight)
    fill(other, 2)
    assert not torch.equal(one.weight, other.weight)
    assert one.weight.std() > 0.1
    assert not torch.equal(one.bias, torch.zeros(5))


def test_tied_weights_do_not_depend_on_which_was_made_first():
    first, second = Tied(True), Tied(False)
    fill(first, 0)
    fill(second, 0)
    assert torch.equal(first.embedding.weight, second.embedding.weight)
    assert first.output.weight is first.embedding.weight
    assert describe(first)["parameters"] == describe(second)["parameters"]
    assert [name for name, _ in trainable(first)] == ["embedding.weight"]


def test_buffers_are_left_alone():
    norm = nn.BatchNorm1d(3)
    fill(norm, 0)
    assert torch.equal(norm.running_var, torch.ones(3))


def test_frozen_scalar_and_half_precision_parameters_are_filled_too():
    module = nn.Module()
    module.register_parameter("scale", nn.Parameter(torch.zeros(())))
    module.register_parameter("frozen", nn.Parameter(torch.zeros(2, 3), requires_grad=False))
    module.register_parameter("short", nn.Parameter(torch.zeros(3, dtype=torch.bfloat16)))
    fill(module, 0)
    assert all(torch.count_nonzero(parameter) == parameter.numel() for parameter in module.parameters())
    assert describe(module)["parameters"]["frozen"] == [[2, 3], False, "frozen"]
    assert [name for name, _ in trainable(module)] == ["scale", "short"]


@pytest.mark.parametrize("thing", [object(), nn.LazyLinear(3), None])
def test_what_has_no_parameters_to_compare_is_a_problem_of_its_own(thing):
    with pytest.raises(CandidateProblem) as caught:
        describe(thing)
    assert caught.value.problem == "missing"


def compared(bench, source: str, variation: str = "base"):
    expected = bench(PROBE, NET).run(variation)
    return difference(expected, bench(PROBE, source).run(variation))


def test_a_module_written_in_another_order_is_right(bench):
    other = NET.replace(
        "self.a = nn.Linear(3, 5)\n        self.b = nn.Linear(5, 4, bias=False)",
        "self.b = nn.Linear(5, 4, bias=False)\n        torch.randn(3)\n        self.a = nn.Linear(3, 5)",
    )
    assert other != NET
    for variation in ("base", "float64", "gradient"):
        assert compared(bench, other, variation) is None


@pytest.mark.parametrize(
    ("old", "new", "missing", "extra"),
    [
        ("self.a", "self.z", {"a.weight": [5, 3], "a.bias": [5]}, {"z.weight": [5, 3], "z.bias": [5]}),
        ("5, 4, bias=False", "5, 4", {}, {"b.bias": [4]}),
        ("nn.Linear(3, 5)", "nn.Linear(3, 5, bias=False)", {"a.bias": [5]}, {}),
        ("self.b = ", "self.__dict__['b'] = ", {"b.weight": [4, 5]}, {}),
    ],
)  # fmt: skip
def test_other_names_are_told_with_their_shapes(bench, old, new, missing, extra):
    found = compared(bench, NET.replace(old, new))
    assert found.problem == "missing"
    assert (found.detail["missing"], found.detail["extra"], found.detail["class"]) == (missing, extra, "Net")


def test_a_transposed_weight_is_told_by_its_shape(bench):
    source = NET.replace(
        "self.b = nn.Linear(5, 4, bias=False)", "self.b = nn.ParameterDict({'weight': torch.zeros(5, 4)})"
    )
    found = compared(bench, source.replace("self.b(self.a(x))", "self.a(x) @ self.b['weight']"))
    assert (found.problem, found.detail["name"]) == ("shape", "b.weight")
    assert (found.detail["expected"], found.detail["actual"]) == ([4, 5], [5, 4])


def test_a_frozen_parameter_is_told(bench):
    found = compared(bench, NET.replace("(5, 4, bias=False)", "(5, 4, bias=False).requires_grad_(False)"))
    assert (found.problem, found.detail["what"], found.detail["name"]) == (
        "values",
        "requires-grad",
        "b.weight",
    )


def test_ties_are_told(bench):
    probe = PROBE.replace("randn(2, 3)", "randn(2, 5)")
    net = NET.replace("nn.Linear(3, 5)", "nn.Linear(5, 4)").replace(
        "self.b(self.a(x))", "self.b(x) + self.a(x)"
    )
    tied = net.replace("bias=False)", "bias=False)\n        self.b.weight = self.a.weight")
    found = difference(bench(probe, net).run(), bench(probe, tied).run())
    assert (found.problem, found.detail["what"], found.detail["name"]) == ("values", "tied", "b.weight")


def test_parameters_made_on_the_first_call_are_told(bench):
    lazy = NET.replace("nn.Linear(3, 5)", "nn.LazyLinear(5)")
    run = bench(PROBE, lazy).run()
    assert (run.problem, run.detail) == ("missing", {"what": "lazy", "name": "a.weight"})


def test_a_class_that_is_no_module_is_told(bench):
    run = bench(PROBE, "class Net:\n    def __call__(self, x):\n        return x\n").run()
    assert (run.problem, run.detail) == ("missing", {"what": "module", "name": "Net"})


def test_forward_may_take_keywords_only(bench):
    probe = """
    @probe(en="One", zh="一")
    def one(impl, t: Tools):
        return t.module(impl.Net)(x=t.randn(2, 3), scale=t.randn(4))
    """
    net = NET.replace("def forward(self, x)", "def forward(self, *, x, scale)").replace(
        "self.b(self.a(x))", "self.b(self.a(x)) * scale"
    )
    run = bench(probe, net).run("gradient")
    assert run.problem is None, run.detail
    assert set(run.value) == {
        "call0.x",
        "call0.scale",
        "module0.a.weight",
        "module0.a.bias",
        "module0.b.weight",
    }


def test_randomness_after_construction_is_the_same_for_everyone(bench):
    dropping = NET.replace("return self.b", "x = nn.functional.dropout(x, 0.5)\n        return self.b")
    greedy = dropping.replace("super().__init__()", "super().__init__()\n        torch.randn(100)")
    assert difference(bench(PROBE, dropping).run(), bench(PROBE, greedy).run()) is None


def test_a_function_that_makes_a_module_will_do(bench):
    probe = PROBE.replace("t.module(impl.Net)", "t.module(impl.make, 3)")
    run = bench(probe, "from torch import nn\ndef make(n):\n    return nn.Linear(n, 2)\n").run("gradient")
    assert run.problem is None, run.detail
    assert set(run.value) == {"call1.0", "module0.weight", "module0.bias"}
