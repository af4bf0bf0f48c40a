"""`llmprep calc` and `llmprep compare`: what is printed, what is refused and why."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from llmprep.calc.memory import kv_cache_bytes
from llmprep.content.catalogue import Catalogue
from llmprep.content.items import ModelCard
from llmprep.practice.comparison import compare

Command = Callable[..., Any]
TOPICS = [
    ("params", "llama-2-7b"),
    ("flops", "gpt2"),
    ("kv", "llama-3-8b"),
    ("memory", "llama-2-7b"),
    ("comm", "llama-2-7b", "--dp", "8"),
    ("decode", "qwen2-7b"),
    ("matmul", "1", "4096", "4096"),
    ("train", "7B", "--price", "2"),
    ("chinchilla", "1e23"),
    ("lora", "llama-2-7b"),
]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("arguments", TOPICS, ids=lambda arguments: arguments[0])
def test_every_topic_shows_formula_numbers_and_result(
    llmprep: Command, arguments: tuple[str, ...], language: str
) -> None:
    done = llmprep("calc", *arguments, "--lang", language)
    assert done.status == 0, done.err
    steps = json.loads(llmprep("calc", *arguments, "--json").out)
    squeezed = "".join(done.out.split())
    for step in steps:
        assert step["value"] > 0
        said = step["formula"].replace("**2", "²").replace("** 2", "²").replace("*", "·").replace("-", "−")
        assert "".join(said.split()) in squeezed
    assert max(map(len, done.out.splitlines())) <= 80


def test_the_number_is_the_functions(llmprep: Command) -> None:
    (step,) = json.loads(
        llmprep("calc", "kv", "llama-2-70b", "--tokens", "32k", "--batch", "4", "--json").out
    )
    card = Catalogue.open().models()["llama-2-70b"]
    assert step["value"] == kv_cache_bytes(card, 32_000, 4, 2)
    assert step["unit"] == "bytes"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("kv", "bert-base"), "BERT-base is an encoder"),
        (("kv", "llama-2-7b", "--tokens", "many"), "'many' is no positive number"),
        (("kv", "llama-2-7b", "--tokens", "-4"), "'-4' is no positive number"),
        (("kv", "no-such-model"), "There is no model 'no-such-model'"),
        (("memory", "llama-2-7b", "--tp", "64"), "32 heads, too few for 64"),
        (("memory", "llama-2-7b", "--zero", "7"), "ZeRO has stages 1, 2 and 3"),
        (("memory", "llama-2-7b", "--recompute", "all"), "none, selective, full"),
        (("comm", "llama-2-7b"), "nothing is sent with one GPU"),
        (("comm", "llama-2-7b", "--ep", "8"), "has no experts"),
        (("decode", "llama-2-7b", "--gpu", "b9000"), "h100"),
        (("train", "7B", "--mfu", "40"), "--mfu 40"),
        (("lora", "gpt2", "--targets", "q,gate"), "no matrix 'gate'"),
    ],
)
def test_what_cannot_be_calculated_is_refused_with_the_reason(
    llmprep: Command, arguments: tuple[str, ...], said: str
) -> None:
    done = llmprep("calc", *arguments, "--lang", "en")
    assert done.status == 2
    assert said in done.err
    assert done.out == ""


# ------------------------------------------------------------------ compare


def test_only_what_differs_is_shown(llmprep: Command) -> None:
    done = llmprep("compare", "llama-2-7b", "qwen2-7b", "--lang", "en")
    assert done.status == 0
    assert "GQA, 28 : 4 × 128" in done.out
    assert "QKV" in done.out
    assert "RMSNorm" not in done.out
    assert "pre-RMSNorm" in llmprep("compare", "llama-2-7b", "qwen2-7b", "--all", "--lang", "en").out
    found = json.loads(llmprep("compare", "llama-2-7b", "qwen2-7b", "--json").out)
    assert found["features"]["cache"] == {"llama-2-7b": "512 KiB", "qwen2-7b": "56 KiB"}


def test_too_many_for_columns_stand_one_under_the_other(llmprep: Command) -> None:
    names = ("llama-2-7b", "qwen2-7b", "gpt-3-175b", "mistral-7b", "transformer-base")
    done = llmprep("compare", *names, "--lang", "zh")
    assert "  Qwen2-7B: GQA, 28 : 4 × 128" in done.out
    assert max(map(len, done.out.splitlines())) <= 80


def test_without_names_the_models_are_listed(llmprep: Command) -> None:
    listed = llmprep("compare").out
    for card in Catalogue.open().models():
        assert card in listed


def test_the_same_model_differs_in_nothing() -> None:
    card: ModelCard = Catalogue.open().models()["llama-2-7b"]
    assert compare([card, card]) == []
    assert {row.feature for row in compare([card], all_features=True)} >= {"attention", "norm", "position"}
