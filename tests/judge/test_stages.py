"""A whole model says which of its parts failed first, and asks nothing of how a part is built."""

from __future__ import annotations

import pytest

from llmprep.ui import verdict_words

PROBES = """
    @probe(en="Logits", zh="logits")
    def logits(impl, t: Tools):
        model = t.module(impl.Model)
        x = t.randn(4, 3)
        return t.stages(model, ("embedding", "layers.0", "layers.1", "head"), lambda: model(x))
"""
REFERENCE = """
    from torch import nn

    class Layer(nn.Module):
        def __init__(self):
            super().__init__()
            self.linear = nn.Linear(5, 5)
        def forward(self, x):
            return x + self.linear(x).tanh()

    class Model(nn.Module):
        def __init__(self):
            super().__init__()
            self.embedding = nn.Linear(3, 5)
            self.layers = nn.ModuleList(Layer() for _ in range(2))
            self.head = nn.Linear(5, 7, bias=False)
        def forward(self, x):
            x = self.embedding(x)
            for number, layer in enumerate(self.layers):
                x = layer(x)
            return self.head(x)
"""


@pytest.fixture
def model(make_drill):
    return make_drill(PROBES, REFERENCE)


@pytest.mark.parametrize(
    ("old", "new", "stage", "right"),
    [
        ("x = self.embedding(x)", "x = self.embedding(-x)", "embedding", None),
        (
            "x = layer(x)",
            "x = layer(x) if number == 0 else self.layers[0](x)",
            "head",
            "layers.0",
        ),
        ("x + self.linear(x).tanh()", "x + self.linear(x).sigmoid()", "layers.0", "embedding"),
        ("return self.head(x)", "return self.head(x) * 2", None, "head"),
        ("return self.head(x)", "return self.head(x.relu())", "head", "layers.1"),
    ],
)
def test_names_the_first_part_that_goes_wrong(model, fails, old, new, stage, right):
    assert REFERENCE.count(old) == 1
    outcome = fails(model, REFERENCE.replace(old, new))
    assert outcome.problem == "values"
    assert (outcome.detail["stage"], outcome.detail["right"]) == (stage, right)
    for name in filter(None, (stage, right)):
        assert f"`{name}`" in verdict_words.message(outcome, "en")
        assert f"`{name}`" in verdict_words.message(outcome, "zh")


def test_a_part_that_is_never_called_is_told(model, fails):
    outcome = fails(model, REFERENCE.replace("x = layer(x)", "x = layer(x) if number == 0 else x"))
    assert outcome.detail["not-run"] == ["layers.1"]
    assert "Never called: `layers.1`." in verdict_words.message(outcome, "en")
    assert "没有被调用：`layers.1`。" in verdict_words.message(outcome, "zh")


def test_a_model_that_is_built_otherwise_is_as_right(model, grade):
    otherwise = REFERENCE.replace(
        "x = layer(x)", "x = x + nn.functional.linear(x, layer.linear.weight, layer.linear.bias).tanh()"
    )
    assert grade(model, otherwise).passed
