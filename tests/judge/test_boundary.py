"""Every variation reaches what the candidate is given, wherever the probe made it."""

from __future__ import annotations

import pytest
import torch

ONE = """
@probe(en="One", zh="一")
def one(impl, t: Tools):
    return {call}
"""
RECORDER = """
import torch
from torch import nn

seen = []

def look(value):
    if isinstance(value, torch.Tensor):
        seen.append((str(value.dtype), value.is_contiguous(), value.requires_grad))
    elif isinstance(value, dict):
        for element in value.values():
            look(element)
    elif isinstance(value, (tuple, list)):
        for element in value:
            look(element)

def f(*args, **kwargs):
    look(args)
    look(kwargs)
    tensors = [t for t in flat([args, kwargs]) if t.is_floating_point()]
    return sum((t.sum() for t in tensors), torch.zeros(()))

def flat(value):
    if isinstance(value, torch.Tensor):
        return [value]
    if isinstance(value, dict):
        value = list(value.values())
    return [t for element in value for t in flat(element)] if isinstance(value, (tuple, list)) else []

class Layer(nn.Module):
    def __init__(self, inner=None):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(3))
        self.inner = inner

    def forward(self, x, *, bias=None):
        look([x, self.weight])
        if self.inner is not None:
            x = self.inner(x)
        return x * self.weight + (0 if bias is None else bias)

    def twice(self, x):
        return self(self(x))

    @torch.no_grad()
    def measured(self, x):
        look([x])
        return x

    @staticmethod
    def free(x):
        look([x])
        return x
"""

CALLS = [
    "impl.f(t.randn(2, 3))",
    "impl.f(t.randn(2, 3) * 60 + 1000)",
    "impl.f(t.randn(4, 3)[1:3])",
    "impl.f(torch.ones(2, 3))",
    "impl.f(x=t.randn(2, 3))",
    "impl.f([t.randn(2, 3), [t.randn(2, 3)]])",
    "impl.f({'a': t.randn(2, 3), 'b': (t.randn(2, 3), None, 3)})",
    "impl.Layer.free(t.randn(2, 3))",
    "t.module(impl.Layer)(t.randn(2, 3))",
    "impl.Layer()(t.randn(2, 3))",
    "t.module(impl.Layer).measured(t.randn(2, 3))",
    "t.module(impl.Layer).free(t.randn(2, 3))",
    "t.module(impl.Layer)(x=t.randn(2, 3), bias=t.randn(3))",
    "t.module(impl.Layer).twice(t.randn(2, 3))",
]


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize(
    ("variation", "dtype"), [("float64", "torch.float64"), ("bfloat16", "torch.bfloat16")]
)
def test_other_dtypes_reach_every_float(bench, call, variation, dtype):
    run_bench = bench(ONE.format(call=call), RECORDER)
    run = run_bench.run(variation)
    assert run.problem is None, run.detail
    assert run_bench.namespace.seen
    assert {seen[0] for seen in run_bench.namespace.seen} == {dtype}
    assert run.floats


@pytest.mark.parametrize("call", [call for call in CALLS if "module" not in call and "Layer()" not in call])
def test_no_argument_is_contiguous_in_the_layout_run(bench, call):
    run_bench = bench(ONE.format(call=call), RECORDER)
    run_bench.run("layout")
    assert run_bench.namespace.seen
    assert not any(contiguous for _, contiguous, _ in run_bench.namespace.seen)


@pytest.mark.parametrize("call", CALLS)
def test_every_float_requires_a_gradient_in_the_gradient_run(bench, call):
    run_bench = bench(ONE.format(call=call), RECORDER)
    run = run_bench.run("gradient")
    assert run.problem is None, run.detail
    assert all(needs_gradient for _, _, needs_gradient in run_bench.namespace.seen)


def test_masks_and_integers_are_neither_laid_out_nor_cast(bench):
    probe = ONE.format(call="impl.f(t.mask(2, 3), t.randint(0, 5, 2, 3), t.randn(2, 3))")
    run_bench = bench(probe, RECORDER)
    for variation in ("float64", "layout", "gradient"):
        run_bench.run(variation)
    dtypes = [dtype for dtype, _, _ in run_bench.namespace.seen]
    assert (
        dtypes
        == ["torch.bool", "torch.int64", "torch.float64"] + ["torch.bool", "torch.int64", "torch.float32"] * 2
    )
    assert [contiguous for _, contiguous, _ in run_bench.namespace.seen[3:6]] == [True, True, False]


def test_a_number_in_place_of_a_tensor_moves_no_gradient(bench):
    probe = ONE.format(call="impl.f(t.randn(2, 3))")
    tensors = bench(probe, "import torch\ndef f(x):\n    return [torch.zeros(()), x * 2]\n").run("gradient")
    number = bench(probe, "def f(x):\n    return [0.0, x * 2]\n").run("gradient")
    assert tensors.value.keys() == number.value.keys()
    assert all(torch.equal(tensors.value[name], number.value[name]) for name in tensors.value)


def test_the_layout_run_has_the_same_values(bench):
    probe = ONE.format(
        call="impl.f(t.randn(2, 3, 4), t.randn(5), t.randn(3, 1), torch.tensor(2.0), t.randn(0, 3))"
    )
    source = "def f(*args):\n    return [a.clone() for a in args]\n"
    run_bench = bench(probe, source)
    base, layout = run_bench.run("base"), run_bench.run("layout")
    assert all(torch.equal(a, b) for a, b in zip(base.value, layout.value, strict=True))


# ------------------------------------------------------------------ gradients


def test_gradients_are_those_of_autograd_for_inputs_and_parameters(bench):
    run = bench(ONE.format(call="t.module(impl.Layer)(t.randn(2, 3))"), RECORDER).run("gradient")
    assert set(run.value) == {"call0.0", "module0.weight"}
    assert run.value["call0.0"].shape == (2, 3)
    assert run.value["module0.weight"].shape == (3,)


def test_the_same_tensor_twice_is_one_leaf(bench):
    probe = """
    @probe(en="One", zh="一")
    def one(impl, t: Tools):
        x = t.randn(2, 3)
        return impl.f(x, x, [x])
    """
    run = bench(probe, "def f(a, b, c):\n    assert a is b is c[0]\n    return a * b\n").run("gradient")
    assert run.problem is None, run.detail
    assert list(run.value) == ["call0.0"]


def test_a_tensor_that_the_probe_changed_in_between_is_seen_as_it_is_now(bench):
    probe = """
    @probe(en="One", zh="一")
    def one(impl, t: Tools):
        x = t.randn(2, 3)
        first = impl.f(x)
        x.zero_()
        return [first, impl.f(x)]
    """
    run = bench(probe, "def f(x):\n    return x + 1\n").run("float64")
    assert torch.equal(run.value[1], torch.ones(2, 3, dtype=torch.float64))


def test_what_receives_no_gradient_has_a_gradient_of_zero(bench):
    run = bench(ONE.format(call="impl.f(t.randn(2), t.randn(3))"), "def f(a, b):\n    return a * 2\n").run(
        "gradient"
    )
    assert torch.count_nonzero(run.value["call0.0"]) == 2
    assert torch.equal(run.value["call0.1"], torch.zeros(3))


def test_a_candidate_may_rename_positional_arguments(bench):
    probe = ONE.format(call="impl.f(t.randn(2), t.randn(3))")
    ours = bench(probe, "def f(a, b):\n    return a.sum() * b\n").run("gradient")
    theirs = bench(probe, "def f(x, y):\n    return y * x.sum()\n").run("gradient")
    assert ours.value.keys() == theirs.value.keys()


def test_parameters_of_a_module_that_is_handed_over_are_compared_too(bench):
    probe = """
    @probe(en="One", zh="一")
    def one(impl, t: Tools):
        torch.manual_seed(0)
        return impl.f(torch.nn.Linear(3, 2), t.randn(4, 3))
    """
    run = bench(probe, "def f(layer, x):\n    return layer(x)\n").run("gradient")
    assert set(run.value) == {"call0.0.weight", "call0.0.bias", "call0.1"}


def test_complex_results_have_gradients(bench):
    run = bench(
        ONE.format(call="impl.f(t.randn(3))"), "import torch\ndef f(x):\n    return torch.polar(x, x)\n"
    ).run("gradient")
    assert torch.count_nonzero(run.value["call0.0"]) == 3


def test_results_fed_back_keep_their_graph(bench):
    probe = """
    @probe(en="One", zh="一")
    def one(impl, t: Tools):
        return impl.f(impl.f(t.randn(3)))
    """
    run = bench(probe, "def f(x):\n    return x * x\n").run("gradient")
    assert list(run.value) == ["call0.0"]
    assert torch.count_nonzero(run.value["call0.0"]) == 3


# ------------------------------------------------------------ changed inputs


@pytest.mark.parametrize(
    "body",
    [
        "x.add_(1)",
        "x += 1",
        "x[0] = 7.0",
        "x.view(-1)[3] = 7.0",
        "x.data.mul_(2)",
        "x.numpy()[0, 0] = 9.0",
        "x.t_()",
        "x.unsqueeze_(0)",
        "x.detach().zero_()",
    ],
)
def test_a_changed_input_is_noticed_however_it_was_done(bench, body):
    run = bench(ONE.format(call="impl.f(t.randn(2, 3))"), f"def f(x):\n    {body}\n    return 0\n").run()
    assert run.problem is None, run.detail
    assert list(run.mutated.values()) == ["x"]


@pytest.mark.parametrize(
    ("argument", "body"),
    [
        ("[1, 2]", "x.append(3)"),
        ("[1, 2]", "x[0] = 5"),
        ("[1, 2]", "x.sort(reverse=True)"),
        ("{'a': 1}", "x['b'] = 2"),
        ("{'a': [t.randn(2)]}", "x['a'][0].zero_()"),
        ("[t.randn(2)]", "x[0] = x[0] * 2"),
        ("(t.randn(2), 1)", "x[0].zero_()"),
        ("torch.tensor([1.0, float('nan')])", "x.nan_to_num_()"),
        ("torch.tensor([1.0, float('-inf')])", "x.clamp_(min=torch.finfo(x.dtype).min)"),
        ("torch.tensor([True, False])", "x.logical_not_()"),
    ],
)
def test_lists_dicts_and_special_values_are_watched_too(bench, argument, body):
    source = f"import torch\ndef f(x):\n    {body}\n    return 0\n"
    assert bench(ONE.format(call=f"impl.f({argument})"), source).run().mutated == {"f.0": "x"}


@pytest.mark.parametrize(
    "body", ["x = x + 1", "y = x.clone().zero_()", "x = x.float().add_(1) if False else x", "pass"]
)
def test_working_on_copies_is_fine(bench, body):
    assert (
        bench(ONE.format(call="impl.f(t.randn(2, 3))"), f"def f(x):\n    {body}\n    return 0\n")
        .run()
        .mutated
        == {}
    )


def test_nan_in_an_untouched_input_is_no_change(bench):
    probe = ONE.format(call="impl.f(torch.tensor([1.0, float('nan')]))")
    assert bench(probe, "def f(x):\n    return x.sum()\n").run().mutated == {}


def test_the_plain_run_hands_over_the_very_same_list(bench):
    probe = """
    @probe(en="One", zh="一", mutates="into")
    def one(impl, t: Tools):
        into = []
        impl.f(into, t.randn(2))
        return into
    """
    run_bench = bench(probe, "def f(into, x):\n    into.append(x * 2)\n")
    for variation in ("base", "float64", "layout"):
        run = run_bench.run(variation)
        assert (len(run.value), run.mutated) == (1, {})


MUTATES = """
@probe(en="One", zh="一", mutates="cache")
def one(impl, t: Tools):
    cache = torch.zeros(2, 3)
    out = impl.update({arguments})
    return [cache.clone(), out]
"""
STUB = "def update(cache, x):\n    raise NotImplementedError\n"


@pytest.mark.parametrize("arguments", ["cache, t.randn(2, 3)", "cache=cache, x=t.randn(2, 3)"])
@pytest.mark.parametrize("variation", ["base", "float64", "bfloat16", "layout", "gradient"])
def test_an_argument_that_is_meant_to_change_is_the_callers_own_in_every_variation(
    bench, arguments, variation
):
    source = "def update(cache, x):\n    cache.add_(x.detach() * 2)\n    return x * 2\n"
    run_bench = bench(MUTATES.format(arguments=arguments), source, stub=STUB)
    run = run_bench.run(variation)
    assert run.problem is None, run.detail
    assert run.mutated == {}
    if variation != "gradient":
        assert torch.equal(run.value[0], run.value[1])


def test_it_may_be_called_otherwise_by_the_candidate(bench):
    source = "def update(store, new):\n    store.add_(new)\n    return new\n"
    run_bench = bench(MUTATES.format(arguments="cache, t.randn(2, 3)"), source, stub=STUB)
    run = run_bench.run("float64")
    assert torch.equal(run.value[0], run.value[1])
    assert run_bench.run().mutated == {}


def test_the_others_stay_watched(bench):
    source = "def update(store, new):\n    store.add_(new)\n    new.zero_()\n    return new\n"
    run = bench(MUTATES.format(arguments="cache, t.randn(2, 3)"), source, stub=STUB).run()
    assert run.mutated == {"update.1": "new"}


def test_methods_take_their_names_from_the_stub_too(bench):
    probe = """
    @probe(en="One", zh="一", mutates="cache")
    def one(impl, t: Tools):
        cache = torch.zeros(2)
        impl.Step(3)(cache)
        impl.Step(3).write(cache)
        return cache
    """
    stub = """
    class Step:
        def __init__(self, n): ...
        def __call__(self, cache): ...
        def write(self, cache): ...
    """
    source = """
    class _Mine:
        def __init__(self, n):
            self.n = n
        def __call__(self, c):
            c += self.n
        def write(self, d):
            d += self.n
    Step = _Mine
    """
    run = bench(probe, source, stub=stub).run()
    assert run.problem is None, run.detail
    assert (run.mutated, run.value.tolist()) == ({}, [6.0, 6.0])


@pytest.mark.parametrize("mutates", ["", ', mutates="parameters"'])
@pytest.mark.parametrize(
    ("variation", "dtype"),
    [("float64", torch.float64), ("bfloat16", torch.bfloat16), ("layout", torch.float32)],
)
def test_a_parameter_keeps_the_gradient_that_the_probe_gave_it(bench, variation, dtype, mutates):
    probe = f"""
@probe(en="One", zh="一"{mutates})
def one(impl, t: Tools):
    weight = torch.nn.Parameter(t.randn(3, 2))
    weight.grad = t.randn(3, 2)
    impl.f([weight])
    return weight.grad
"""
    source = "def f(parameters):\n    seen.append(parameters[0])\nseen = []\n"
    run_bench = bench(probe, source)
    run = run_bench.run(variation)
    (weight,) = run_bench.namespace.seen
    assert weight.dtype == weight.grad.dtype == dtype
    assert torch.equal(weight.grad.float(), run.value.to(dtype).float())
