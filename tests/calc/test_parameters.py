"""The recounts against what papers print and what the released checkpoints hold."""

from __future__ import annotations

import dataclasses
import re

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
    "roberta-base": 124_645_632,
    "roberta-large": 355_359_744,
    "deberta-v3-base": 183_831_552,
    "t5-base": 222_903_552,
    "t5-large": 737_668_096,
    "t5-11b": 11_307_321_344,
    "gpt-1": 116_534_784,
    "gpt2": 124_439_808,
    "gpt2-medium": 354_823_168,
    "gpt2-large": 774_030_080,
    "gpt2-xl": 1_557_611_200,
    "bloom-176b": 176_247_271_424,
    "chatglm-6b": 6_173_286_400,
    "chatglm2-6b": 6_243_584_000,
    "glm-4-9b": 9_399_951_360,
    "llama-7b": 6_738_415_616,
    "llama-13b": 13_015_864_320,
    "llama-33b": 32_528_943_616,
    "llama-65b": 65_285_660_672,
    "llama-2-7b": 6_738_415_616,
    "llama-2-13b": 13_015_864_320,
    "llama-2-70b": 68_976_648_192,
    "llama-3-8b": 8_030_261_248,
    "llama-3-70b": 70_553_706_496,
    "llama-3-1-8b": 8_030_261_248,
    "llama-3-1-405b": 405_853_388_800,
    "llama-3-2-1b": 1_235_814_400,
    "mistral-7b": 7_241_732_096,
    "mistral-7b-v0-3": 7_248_023_552,
    "mixtral-8x7b": 46_702_792_704,
    "mixtral-8x22b": 140_620_634_112,
    "qwen-7b": 7_721_324_544,
    "qwen1-5-7b": 7_721_324_544,
    "qwen1-5-moe-a2-7b": 14_315_784_192,
    "qwen2-0-5b": 494_032_768,
    "qwen2-7b": 7_615_616_512,
    "qwen2-72b": 72_706_203_648,
    "qwen2-5-7b": 7_615_616_512,
    "qwen2-5-32b": 32_763_876_352,
    "qwen3-8b": 8_190_735_360,
    "qwen3-30b-a3b": 30_532_122_624,
    "qwen3-235b-a22b": 235_093_634_560,
    "yi-6b": 6_061_035_520,
    "yi-34b": 34_388_917_248,
    "internlm2-7b": 7_737_708_544,
    "deepseek-llm-7b": 6_910_365_696,
    "deepseek-v2": 235_741_434_880,
    "deepseek-v2-lite": 15_706_484_224,
    "deepseek-v3": 671_026_419_200,  # without the module that predicts one more token
    "phi-3-mini": 3_821_079_552,
    "gemma-2b": 2_506_172_416,
    "gemma-7b": 8_537_680_896,
    "gemma-2-9b": 9_241_705_984,
    "gemma-2-27b": 27_227_128_320,
}
PRINTED = {  # in the paper: the count, and half a unit of its last digit
    "gpt-3-13b": (12_850e6, 5e6),  # Table D.1
    "gpt-3-175b": (174_600e6, 50e6),  # Table D.1
    "llama-7b": (6.7e9, 0.05e9),  # Table 2
    "llama-13b": (13.0e9, 0.05e9),
    "llama-33b": (32.5e9, 0.05e9),
    "llama-65b": (65.2e9, 0.1e9),  # 65.29 cut off, not rounded
    "opt-6-7b": (6.7e9, 0.05e9),  # Table 1
    "opt-175b": (175e9, 0.5e9),
    "deepseek-llm-67b": (67e9, 0.5e9),  # Table 2
}
PRINTED_BESIDE_EMBEDDINGS = {  # Table 2 of both reports, which count some more rows in the embedding
    "gemma-2b": 1_981_884_416,
    "gemma-7b": 7_751_248_896,
    "gemma-2-9b": 8_324_201_984,
    "gemma-2-27b": 26_047_480_320,
}
ONLY_BUILT = {  # counted by hand below, or built in tests/oracles/test_models.py
    "transformer-base",
    "transformer-big",
    "baichuan2-7b",
    "baichuan2-13b",
    "falcon-7b",
}


@pytest.mark.parametrize("name", CHECKPOINTS)
def test_counts_released_checkpoints_exactly(models, name):
    assert parameters(models[name]) == CHECKPOINTS[name]


@pytest.mark.parametrize("name", PRINTED)
def test_counts_what_the_papers_print(models, name):
    count, half_a_digit = PRINTED[name]
    assert parameters(models[name]) == pytest.approx(count, abs=half_a_digit, rel=0)


@pytest.mark.parametrize("name", PRINTED_BESIDE_EMBEDDINGS)
def test_counts_what_the_gemma_reports_print(models, name):
    card = models[name]
    assert parameters(card) - embedding_parameters(card) == PRINTED_BESIDE_EMBEDDINGS[name]


def test_printed_width_of_gpt_3_13b_is_a_misprint(models):
    misprinted = dataclasses.replace(models["gpt-3-13b"], width=5140, ffn_width=4 * 5140)
    assert abs(parameters(misprinted) - 12_850e6) > 50e6


def test_transformer_base_is_63_million(models):
    card = models["transformer-base"]
    assert parameters(card) == 37_000 * 512 + 6 * 3_150_336 + 6 * 4_199_936 == 63_045_632


def test_transformer_big_is_214_million(models):
    block = 4 * 1024**2 + 2 * 1024 * 4096 + 4096 + 1024 + 2 * 2 * 1024
    cross = 4 * 1024**2 + 2 * 1024
    assert parameters(models["transformer-big"]) == 37_000 * 1024 + 12 * block + 6 * cross == 214_171_648


def test_every_card_says_when_it_came(models):
    for card in models.values():
        assert re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", card.date or ""), card.id


def test_every_card_agrees_with_its_published_count(models):
    for card in models.values():
        assert parameters(card) == pytest.approx(card.parameters, rel=0.035), card.id


def test_all_cards_are_there(models):
    assert set(models) == CHECKPOINTS.keys() | PRINTED.keys() | ONLY_BUILT
    assert len(models) >= 48


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
