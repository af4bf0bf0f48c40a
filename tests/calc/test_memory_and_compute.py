"""KV cache, FLOPs, training time and LoRA against figures that papers print."""

from __future__ import annotations

import dataclasses

import pytest

from llmprep.calc.adapters import lora_parameters
from llmprep.calc.compute import chinchilla_tokens, training_days, training_flops
from llmprep.calc.memory import attention_score_bytes, kv_cache_bytes
from llmprep.calc.units import GiB, KiB, MiB


@pytest.mark.parametrize(
    ("name", "per_token"),
    [
        ("llama-7b", 512 * KiB),
        ("llama-2-70b", 320 * KiB),
        ("llama-3-8b", 128 * KiB),
        ("qwen2-7b", 56 * KiB),
        ("gpt-3-175b", 4.5 * MiB),
    ],
)
def test_kv_cache_of_one_token(models, name, per_token):
    assert kv_cache_bytes(models[name], tokens=1, batch=1, bytes_per_element=2) == per_token


def test_kv_cache_grows_with_tokens_batch_and_precision(models):
    assert kv_cache_bytes(models["llama-7b"], 4096, 1, 2) == 2 * GiB
    assert kv_cache_bytes(models["llama-7b"], 4096, 8, 2) == 16 * GiB
    assert kv_cache_bytes(models["llama-7b"], 4096, 8, 1) == 8 * GiB
    assert kv_cache_bytes(models["gpt-3-175b"], 2048, 1, 2) == 9 * GiB


def test_llama_2_70b_without_grouped_queries_would_need_ten_gibibytes(models):
    full = dataclasses.replace(models["llama-2-70b"], kv_heads=64)
    assert kv_cache_bytes(full, 4096, 1, 2) == 10 * GiB


def test_encoders_have_no_kv_cache(models):
    with pytest.raises(ValueError, match="BERT-base is an encoder"):
        kv_cache_bytes(models["bert-base"], 512, 1, 2)


def test_attention_scores_grow_with_the_square_of_the_length():
    assert attention_score_bytes(heads=32, tokens=4096, batch=1, bytes_per_element=2) == 1 * GiB
    assert attention_score_bytes(32, 8192, 3, 2) == 12 * GiB


def test_gpt_3_took_3640_petaflop_days(models):
    card = models["gpt-3-175b"]
    flops = training_flops(card.parameters, card.tokens)
    assert flops == pytest.approx(3.14e23, rel=0.002)
    assert training_days(flops, gpus=1, peak_flops=1e15, utilisation=1) == pytest.approx(3640, rel=0.002)


def test_llama_65b_took_21_days_on_2048_gpus(models):
    card = models["llama-65b"]
    tokens_per_second_and_gpu = 380
    reached = training_flops(card.parameters, tokens_per_second_and_gpu)
    days = training_days(training_flops(card.parameters, card.tokens), 2048, 312e12, reached / 312e12)
    assert days == pytest.approx(21, rel=0.02)


def test_chinchilla_has_its_own_tokens():
    assert chinchilla_tokens(70e9) == 1.4e12


def test_lora_of_one_matrix_and_of_gpt_3(models):
    assert lora_parameters(4096, 4096, 8) == 65_536
    assert lora_parameters(d_out=11_008, d_in=4096, rank=8) == 8 * (11_008 + 4096)
    card = models["gpt-3-175b"]
    query_and_value = 2 * card.layers * lora_parameters(card.width, card.width, rank=8)
    assert query_and_value == pytest.approx(37.7e6, rel=0.002)
