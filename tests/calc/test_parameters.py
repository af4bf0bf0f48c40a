"""The recounts against what papers print and what the released checkpoints hold."""

from __future__ import annotations

import dataclasses

import pytest

from llmprep.calc.parameters import (
    attention_parameters,
    block_parameters,
    cross_attention_parameters,
    embedding_parameters,
    ffn_parameters,
    parameters,
)

CHECKPOINTS = {
    "bert-base": 109_482_240,
    "bert-large": 335_141_888,
    "gpt2": 124_439_808,
    "llama-7b": 6_738_415_616,
    "llama-13b": 13_015_864_320,
    "llama-33b": 32_528_943_616,
    "llama-65b": 65_285_660_672,
    "llama-2-7b": 6_738_415_616,
    "llama-2-70b": 68_976_648_192,
    "llama-3-8b": 8_030_261_248,
    "llama-3-70b": 70_553_706_496,
    "mistral-7b": 7_241_732_096,
    "qwen2-7b": 7_615_616_512,
}
PRINTED = {  # in the paper: the count, and half a unit of its last digit
    "gpt-3-13b": (12_850e6, 5e6),  # Table D.1
    "gpt-3-175b": (174_600e6, 50e6),  # Table D.1
    "llama-7b": (6.7e9, 0.05e9),  # Table 2
    "llama-13b": (13.0e9, 0.05e9),
    "llama-33b": (32.5e9, 0.05e9),
    "llama-65b": (65.2e9, 0.1e9),  # 65.29 cut off, not rounded
}


@pytest.mark.parametrize("name", CHECKPOINTS)
def test_counts_released_checkpoints_exactly(models, name):
    assert parameters(models[name]) == CHECKPOINTS[name]


@pytest.mark.parametrize("name", PRINTED)
def test_counts_what_the_papers_print(models, name):
    count, half_a_digit = PRINTED[name]
    assert parameters(models[name]) == pytest.approx(count, abs=half_a_digit, rel=0)


def test_printed_width_of_gpt_3_13b_is_a_misprint(models):
    misprinted = dataclasses.replace(models["gpt-3-13b"], width=5140, ffn_width=4 * 5140)
    assert abs(parameters(misprinted) - 12_850e6) > 50e6


def test_transformer_base_is_63_million(models):
    card = models["transformer-base"]
    assert parameters(card) == 37_000 * 512 + 6 * 3_150_336 + 6 * 4_199_936 == 63_045_632


def test_every_card_agrees_with_its_published_count(models):
    for card in models.values():
        assert parameters(card) == pytest.approx(card.parameters, rel=0.035), card.id


def test_all_cards_are_there(models):
    assert set(models) == CHECKPOINTS.keys() | PRINTED.keys() | {"transformer-base"}


@pytest.mark.parametrize("name", ["transformer-base", "bert-base", "gpt2", "gpt-3-175b", "llama-7b"])
def test_block_is_about_twelve_d_squared(models, name):
    card = models[name]
    assert block_parameters(card) == pytest.approx(12 * card.width**2, rel=0.015)


def test_parts_of_bert_base(models):
    card = models["bert-base"]
    assert embedding_parameters(card) == 23_837_184
    assert attention_parameters(card) == 4 * 768**2 + 4 * 768
    assert ffn_parameters(card) == 8 * 768**2 + 5 * 768
    assert block_parameters(card) == 7_087_872


def test_grouped_queries_shrink_only_keys_and_values(models):
    grouped = models["llama-3-8b"]
    full = dataclasses.replace(grouped, kv_heads=grouped.heads)
    assert attention_parameters(full) - attention_parameters(grouped) == 2 * 4096 * (4096 - 1024)


def test_qkv_bias_of_qwen2(models):
    card = models["qwen2-7b"]
    without = dataclasses.replace(card, attention_bias="none")
    assert attention_parameters(card) - attention_parameters(without) == 28 * 128 + 2 * 4 * 128


def test_cross_attention_adds_four_d_squared_and_a_norm(models):
    assert cross_attention_parameters(models["transformer-base"]) == 4 * 512**2 + 2 * 512


def test_untied_output_counts_the_vocabulary_twice(models):
    card = models["llama-7b"]
    assert embedding_parameters(card) == 2 * 32_000 * 4096
    assert embedding_parameters(dataclasses.replace(card, tied=True)) == 32_000 * 4096


def test_learned_positions_need_a_context(models):
    with pytest.raises(ValueError, match="gpt2 has learned positions but no context"):
        parameters(dataclasses.replace(models["gpt2"], context=None))
