"""The expressions of computed questions: what they compute, and what they refuse."""

from __future__ import annotations

import dataclasses
import inspect

import pytest

from llmprep.calc.expression import FUNCTIONS, ExpressionProblem, asked_unit, evaluate, names_used
from llmprep.content.items import Experts


def problem(expression, values=None, models=None) -> ExpressionProblem:
    with pytest.raises(ExpressionProblem) as caught:
        evaluate(expression, values or {}, models or {})
    return caught.value


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("1 + 2 * 3", 7),
        ("-(7 // 2) + 7 % 4", 0),
        ("2 ** 10 / KiB", 1),
        ("1_000 * K - M", 0),
        ("sqrt(64) + log(exp(1)) + ceil(0.2)", 10),
        ("log(8, 2)", 3),
        ("min(3) + max(1, 2, 5)", 8),
        ("lora_parameters(4096, 4096, rank=8)", 65_536),
        ("training_days(flops=86400e12, gpus=1, peak_flops=1e12, utilisation=1)", 1),
        ("  7 * B\n  / B  ", 7),
    ],
)
def test_computes(expression, expected):
    assert evaluate(expression, {}, {}) == pytest.approx(expected)


def test_passes_the_card_of_a_varied_model(models):
    values = {"model": "llama-7b", "tokens": 4096, "batch": 2}
    assert evaluate("kv_cache_bytes(model, tokens, batch, 2) / GiB", values, models) == 4
    assert (
        evaluate("kv_cache_bytes(tokens=1, model=model, batch=1, bytes_per_element=2)", values, models)
        == 2**19
    )


def test_a_model_may_have_any_name(models):
    values = {"small": "llama-7b", "large": "llama-65b"}
    assert evaluate("parameters(large) / parameters(small)", values, models) == pytest.approx(9.69, abs=0.01)


def test_every_registered_function_can_be_called(models):
    experts = Experts(count=8, active=2, width=3000)
    models = {**models, "mixture": dataclasses.replace(models["llama-7b"], id="mixture", experts=experts)}
    for name, function in FUNCTIONS.items():
        needed = [
            parameter.name
            for parameter in inspect.signature(function).parameters.values()
            if parameter.default is parameter.empty and parameter.kind != parameter.VAR_POSITIONAL
        ]
        arguments = ", ".join("model" if argument == "model" else "2" for argument in needed) or "2"
        assert evaluate(f"{name}({arguments})", {"model": "mixture"}, models) > 0, name


@pytest.mark.parametrize(
    "expression",
    [
        "().__class__",
        "model.layers",
        "[1][0]",
        "values['model']",
        "(lambda: 1)()",
        "__import__('os')",
        "open('file')",
        "'text'",
        "True",
        "1j",
        "1 if 2 else 3",
        "1 < 2",
        "1 and 2",
        "not 1",
        "~1",
        "1 << 4",
        "7 @ 2",
        "(x := 1)",
        "f'{1}'",
        "sqrt(*[4])",
        "sqrt(**{'x': 4})",
        "[x for x in (1,)]",
        "sqrt(x=1, x=2)",
        "1; 2",
        "x = 1",
        "",
        "1 +",
        "\0",
        "(" * 240 + "1" + ")" * 240,
        "sqrt(4)(4)",
        "1" * 501,
    ],
)
def test_refuses_everything_else(expression, models):
    with pytest.raises(ExpressionProblem):
        evaluate(expression, {"model": "llama-7b"}, models)


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("9 ** 9 ** 9", "exponent"),
        ("2.0 ** -65", "exponent"),
        ("(10 ** 64) ** 6", "too large"),
        ("1e308 * 10", "not a finite number"),
        ("1e999", "not a finite number"),
        ("1e999 - 1e999", "not a finite number"),
        ("1 / 0", "division by zero"),
        ("0 ** -1", "division by zero"),
        ("1 % 0", "division by zero"),
        ("(-8) ** 0.5", "negative"),
        ("sqrt(-1)", "sqrt"),
        ("log(0)", "log"),
        ("exp(1000)", "too large"),
        ("-" * 490 + "1", "nested"),
    ],
)
def test_refuses_what_has_no_value(expression, message):
    assert message in str(problem(expression))


def test_refuses_a_cache_for_an_encoder(models):
    found = problem("1 + kv_cache_bytes(m, 1, 1, 2)", {"m": "bert-base"}, models)
    assert (found.position, "no KV cache" in found.message) == (4, True)


def test_says_where_and_what_was_meant(models):
    found = problem("1 + kv_cach_bytes(model, 1, 1, 2)", {"model": "gpt2"}, models)
    assert str(found) == (
        "there is no function 'kv_cach_bytes' (character 5 of '1 + kv_cach_bytes(model, 1, 1, 2)'); "
        "did you mean 'kv_cache_bytes'?"
    )
    assert (found.position, found.mend) == (4, "did you mean 'kv_cache_bytes'?")


@pytest.mark.parametrize(
    ("expression", "values", "position", "mend"),
    [
        ("2 * token", {"tokens": 1}, 4, "did you mean 'tokens'?"),
        ("2 * sqrt", {}, 4, "call it: sqrt(x)"),
        ("parameters(m)", {"m": "lama-7b"}, 11, "did you mean 'llama-7b'?"),
        ("m * 2", {"m": "llama-7b"}, 0, "call a function: parameters(m)"),
        ("parameters(3)", {}, 11, "write parameters(model)"),
        ("1 + training_flops(1)", {}, 4, "write training_flops(parameters, tokens)"),
        ("min()", {}, 0, "write min(first, …)"),
        ("sqrt(m)", {"m": "llama-7b"}, 5, "call a function: parameters(m)"),
        ("量 + tokenz", {"量": 1, "tokens": 1}, 4, "did you mean 'tokens'?"),
        ("1 +* 2", {}, 3, "check operators, commas and brackets there"),
    ],
)
def test_problems_have_a_place_and_a_mend(models, expression, values, position, mend):
    found = problem(expression, values, models)
    assert (found.position, found.mend) == (position, mend)


@pytest.mark.parametrize("name", ["B", "sqrt"])
def test_refuses_a_varied_name_that_hides_a_known_one(name):
    assert problem("7 / B", {name: 4}).mend == "rename it"


def test_names_used():
    expression = "kv_cache_bytes(model, tokens=tokens, batch=1, bytes_per_element=2) / GiB + sqrt(x)"
    assert names_used(expression) == {"model", "tokens", "x"}
    assert names_used("6 * B") == frozenset()
    with pytest.raises(ExpressionProblem):
        names_used("1 +")


@pytest.mark.parametrize(
    ("expression", "unit"),
    [
        ("kv_cache_bytes(model, tokens, 1, 2) / GiB", "GiB"),
        ("x / 1024**3", "GiB"),
        ("x / (1024 * 1024)", "MiB"),
        ("x / 1e9", "B"),
        ("parameters(model) / M", "M"),
        ("100 * a / b", None),
        ("a / b * 100", "%"),
        ("100 * (a / b)", "%"),
        ("x / y", None),
        ("x / 7", None),
        ("x * 7", None),
        ("x", None),
    ],
)
def test_asked_unit(expression, unit):
    assert asked_unit(expression) == unit
