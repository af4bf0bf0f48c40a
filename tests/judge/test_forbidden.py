"""Forbidden calls are caught where they run, under whatever name, with the learner's line."""

from __future__ import annotations

import pytest

SDPA = ("torch.nn.functional.scaled_dot_product_attention", "torch.nn.MultiheadAttention")
PROBE = """
@probe(en="One", zh="一")
def one(impl, t: Tools):
    return impl.f(t.randn(2, 5, 8))
"""
HEAD = "import torch\nimport torch.nn.functional as F\nfrom torch import nn\n"


def hits(bench, body: str, forbid: tuple[str, ...], head: str = "") -> list[tuple[str, int | None]]:
    """What is caught of `def f(x): return <body>`, whose return stands on the last line."""
    run = bench(PROBE, HEAD + head + f"def f(x):\n    return {body}\n", forbid=forbid).run()
    assert run.problem is None, run.detail
    return [(hit["name"].rpartition(".")[2], hit["line"]) for hit in run.forbidden]


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", "F.scaled_dot_product_attention(x, x, x)"),
        ("fused = F.scaled_dot_product_attention\n", "fused(x, x, x)"),
        ("", "getattr(F, 'scaled_dot_' + 'product_attention')(x, x, x)"),
        ("", "torch.ops.aten.scaled_dot_product_attention(x, x, x)"),
        ("", "torch.ops.aten.scaled_dot_product_attention.default(x, x, x)"),
        ("", "torch._C._nn.scaled_dot_product_attention(x, x, x)"),
        ("", "torch.vmap(lambda y: F.scaled_dot_product_attention(y, y, y))(x)"),
        ("", "torch.ops.aten._scaled_dot_product_attention_math(x, x, x)[0]"),
    ],
)
def test_fused_attention_under_any_name(bench, head, body):
    line = 5 + head.count("\n")
    assert ("scaled_dot_product_attention", line) in hits(bench, body, SDPA, head)


@pytest.mark.parametrize(
    "body", ["layer(x, x, x)[0]", "layer(x, x, x, need_weights=False)[0]", "layer.eval()(x, x, x)[0]"]
)
def test_the_module_that_does_it_all(bench, body):
    head = "layer = nn.MultiheadAttention(8, 2, batch_first=True)\n"
    assert ("MultiheadAttention", 6) in hits(bench, body, SDPA, head)
    encoder = "layer = nn.TransformerEncoderLayer(8, 2, batch_first=True)\n"
    assert ("MultiheadAttention", 6) in hits(bench, "layer(x)", SDPA, encoder)


def test_a_subclass_and_an_alias_of_a_module(bench):
    head = "class Mine(nn.LayerNorm):\n    pass\nnorm = Mine(8)\n"
    assert hits(bench, "norm(x)", ("torch.nn.LayerNorm",), head) == [("LayerNorm", 8)]


@pytest.mark.parametrize(
    ("forbid", "body"),
    [
        ("torch.softmax", "x.softmax(-1)"),
        ("torch.softmax", "F.softmax(x, -1)"),
        ("torch.softmax", "nn.Softmax(-1)(x)"),
        ("torch.softmax", "torch.special.softmax(x, -1)"),
        ("torch.softmax", "torch.ops.aten._softmax(x, -1, False)"),
        ("torch.nn.functional.layer_norm", "nn.LayerNorm(8)(x)"),
        ("torch.nn.LayerNorm", "F.layer_norm(x, [8])"),
        ("torch.nn.LayerNorm", "torch.native_layer_norm(x, [8], None, None, 1e-5)[0]"),
        ("torch.nn.RMSNorm", "F.rms_norm(x, [8])"),
        ("torch.nn.functional.rms_norm", "torch.ops.aten.rms_norm.default(x, [8])"),
        ("torch.nn.Dropout", "F.dropout(x)"),
        ("torch.nn.GELU", "F.gelu(x)"),
        ("torch.nn.functional.cross_entropy", "nn.CrossEntropyLoss()(x[0], x[1])"),
        ("torch.logsumexp", "x.logsumexp(-1)"),
        ("torch.einsum", "torch.einsum('bij->bji', x)"),
        ("torch.triu", "x.triu_().clone()"),
    ],
)
def test_other_computations(bench, forbid, body):
    assert [name for name, _ in hits(bench, body, (forbid,))] == [forbid.rpartition(".")[2]]


def test_an_optimizer(bench):
    head = "w = torch.zeros(3, requires_grad=True)\n"
    body = "[w.sum().backward(), torch.optim.AdamW([w]).step(), 0][-1]"
    assert [name for name, _ in hits(bench, body, ("torch.optim.AdamW",), head)] == ["AdamW"]
    assert hits(bench, body, ("torch.optim.SGD",), head) == []


@pytest.mark.parametrize(
    "body",
    [
        "(x @ x.mT / 8 ** 0.5).softmax(-1) @ x",
        "F.log_softmax(x, -1)",
        "nn.Linear(8, 3)(x)",
        "F.layer_norm(x, [8])",
    ],
)
def test_what_is_not_forbidden_is_not_caught(bench, body):
    assert hits(bench, body, SDPA) == []


def test_calls_are_watched_in_measured_and_in_random_probes_too(bench):
    probe = """
    @probe(en="Law", zh="分布", random=True)
    def law(impl, t: Tools):
        return t.law(lambda: impl.f(torch.ones(1)).item(), 5)

    @probe(en="Cost", zh="开销")
    def cost(impl, t: Tools):
        return t.cost(lambda: impl.f(torch.ones(3)))
    """
    runs = bench(probe, HEAD + "def f(x):\n    return F.dropout(x)\n", forbid=("torch.nn.Dropout",))
    assert [bool(runs.run(probe=name).forbidden) for name in ("law", "cost")] == [True, True]


def test_watching_leaves_no_hook_behind(bench):
    from torch.nn.modules.module import _global_forward_pre_hooks

    before = len(_global_forward_pre_hooks)
    hits(bench, "nn.LayerNorm(8)(x)", ("torch.nn.LayerNorm",))
    assert len(_global_forward_pre_hooks) == before


def test_the_verdict_names_call_and_line(attention, fails):
    first = fails(
        attention,
        """
        from torch.nn.functional import scaled_dot_product_attention as fused

        def attention(q, k, v, mask=None):
            out = fused(q, k, v, mask)
            return out.nan_to_num()
        """,
    )
    assert first.problem == "forbidden"
    assert first.detail == {
        "calls": [{"name": "torch.nn.functional.scaled_dot_product_attention", "line": 5}]
    }


@pytest.mark.parametrize(
    "head",
    ["from torch.nn.init import xavier_uniform_ as init", "init = lambda w: nn.init.xavier_uniform_(w)"],
)
def test_a_function_that_is_python_all_the_way_is_caught_in_a_worker(make_drill, fails, head):
    probes = """
    @probe(en="Bounds", zh="界", random=True)
    def bounds(impl, t: Tools):
        weight = torch.zeros(4, 6)
        impl.fill(weight)
        return bool(weight.any())
    """
    reference = "def fill(w):\n    with torch.no_grad():\n        w.uniform_(-0.7, 0.7)\n"
    drill = make_drill(probes, HEAD + reference, forbid=("torch.nn.init.xavier_uniform_",))
    outcome = fails(drill, HEAD + head + "\ndef fill(w):\n    init(w)\n")
    assert outcome.problem == "forbidden"
    assert [call["name"] for call in outcome.detail["calls"]] == ["torch.nn.init.xavier_uniform_"]
