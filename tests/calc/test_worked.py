"""Every calculation shown step by step ends in what the functions give, for every card."""

from __future__ import annotations

import itertools

import pytest

from llmprep.calc import adapters, communication, compute, memory, parameters, roofline, training
from llmprep.calc.hardware import GPUS
from llmprep.calc.worked import (
    cache_steps,
    chinchilla_steps,
    decoding_steps,
    flops_steps,
    matmul_steps,
    parameter_steps,
    time_steps,
)
from llmprep.calc.worked_training import Parallelism, communication_steps, lora_steps, memory_steps
from llmprep.content.items import Experts, LatentAttention, ModelCard, Window

A100 = GPUS["a100"]


@pytest.fixture(scope="module")
def cards(models) -> list[ModelCard]:
    """All cards, and three that need everything a card can say."""
    base = vars(models["llama-7b"])
    made = [
        {"experts": Experts(8, 2, 3000), "window": Window(4096)},
        {
            "latent": LatentAttention(512, 64, 128, 1536),
            "experts": Experts(64, 6, 1408, shared=2, dense_layers=1, router_bias=True),
        },
        {
            "latent": LatentAttention(512, 64, 128),
            "qk_norm": True,
            "block_norms": 4,
            "window": Window(1024, 2),
            "other_parameters": 17,
        },
    ]
    return [
        *models.values(),
        *(ModelCard(**{**base, "id": f"made-{i}", **extra}) for i, extra in enumerate(made)),
    ]


def named(steps) -> dict[str, float]:
    return {step.name: step.value for step in steps}


def test_parameters(cards):
    for card in cards:
        steps = named(parameter_steps(card))
        assert steps["total"] == parameters.parameters(card), card.id
        assert steps.get("active", steps["total"]) == parameters.active_parameters(card), card.id


def test_little_is_left_unexplained(cards):
    for card in cards:
        total = next(step for step in parameter_steps(card) if step.name == "total")
        assert 0 <= total.values.get("rest", 0) <= 0.02 * total.value, card.id


def test_flops(cards):
    for card in cards:
        if card.kind == "encoder":
            with pytest.raises(ValueError, match="encoder"):
                flops_steps(card, 512, 1, None)
            continue
        steps = named(flops_steps(card, 3000, 4, 1e12))
        assert steps["prefill"] == pytest.approx(compute.prefill_flops(card, 3000, 4))
        assert steps["decode"] == pytest.approx(compute.decode_flops(card, 3000, 4))
        assert steps["matrices"] == compute.block_matrix_elements(card)
        assert steps["pair"] == compute.pair_flops(card)
        assert steps["training"] == compute.training_flops(parameters.active_parameters(card), 1e12)


def test_cache(cards):
    for card in cards:
        if card.kind == "encoder":
            with pytest.raises(ValueError, match="encoder"):
                cache_steps(card, 512, 1, 2)
            continue
        for tokens in (1000, 32_768):
            steps = named(cache_steps(card, tokens, 3, 2))
            assert steps["kv-cache"] == memory.kv_cache_bytes(card, tokens, 3, 2)
            windowed = steps.get("window-cache", steps["kv-cache"])
            assert windowed == pytest.approx(memory.window_cache_bytes(card, tokens, 3, 2))


@pytest.mark.parametrize("batch", [1, 64, 2048])
def test_decoding(cards, batch):
    for card in cards:
        if card.kind == "encoder":
            continue
        steps = named(decoding_steps(card, 512, batch, A100, 2, 2))
        assert steps["bytes-read"] == roofline.decode_bytes(card, 512, batch)
        bound = roofline.decode_tokens_per_second(card, 512, batch, 2 * A100.bandwidth)
        assert steps["tokens-per-second"] <= bound * (1 + 1e-9)
        if steps["intensity"] <= steps["ridge"]:
            assert steps["tokens-per-second"] == pytest.approx(bound)


def test_matmul():
    steps = named(matmul_steps(128, 256, 512, A100, 2))
    assert steps["intensity"] == roofline.matmul_intensity(128, 256, 512)
    assert steps["attainable"] == roofline.attainable_flops(
        steps["intensity"], A100.peak_flops, A100.bandwidth
    )


def test_time_and_money():
    steps = named(time_steps(3.15e23, 1024, A100, 0.4, 2.0))
    assert steps["days"] == pytest.approx(compute.training_days(3.15e23, 1024, 312e12, 0.4))
    assert steps["cost"] == pytest.approx(compute.training_cost(steps["days"], 1024, 2.0))
    assert [step.name for step in time_steps(1e20, 8, A100, 0.5, None)] == ["days"]


def test_chinchilla():
    steps = named(chinchilla_steps(5.88e23))
    assert (
        steps["optimal-parameters"] == compute.chinchilla_parameters(5.88e23) == pytest.approx(70e9, rel=1e-3)
    )
    assert steps["optimal-tokens"] == compute.chinchilla_tokens(steps["optimal-parameters"])


@pytest.mark.parametrize(
    ("zero", "tensor", "sequence", "recompute", "fused"),
    [*itertools.product((0, 1, 2, 3), (1, 4), (False, True), ("none", "selective", "full"), (False, True))],
)
def test_memory(models, zero, tensor, sequence, recompute, fused):
    card = models["llama-7b"]
    spread = Parallelism(data=8, tensor=tensor, pipeline=2, zero=zero, sequence=sequence)
    steps = named(memory_steps(card, spread, 2048, 2, recompute, fused))
    share = parameters.parameters(card) / (tensor * 2)
    states = steps["weights"] + steps["gradients"] + steps["optimizer"]
    assert states == pytest.approx(training.state_bytes(share, 8, zero))
    expected = training.activation_bytes(card, 2048, 2, tensor, sequence, recompute, fused)
    assert steps["activations"] == pytest.approx(expected)
    assert steps["memory"] == pytest.approx(states + expected)


def test_communication(models):
    card = models["llama-7b"]
    spread = Parallelism(data=4, tensor=2, pipeline=8, zero=3)
    steps = named(communication_steps(card, spread, 2048, 2, 16))
    share = parameters.parameters(card) / 16
    assert steps["data-parallel"] == pytest.approx(communication.data_parallel_bytes(share, 4, 3))
    tensor = communication.tensor_parallel_bytes(card, 2048, 2, 2) * 16 / 8
    assert steps["tensor-parallel"] == pytest.approx(tensor)
    pipeline = communication.pipeline_parallel_bytes(card, 2048, 2, 16)
    assert steps["pipeline-parallel"] == pytest.approx(pipeline)
    assert steps["bubble"] == pytest.approx(100 * communication.pipeline_bubble(8, 16))
    assert communication_steps(card, Parallelism(), 2048, 2, 16) == []
    half = named(communication_steps(card, Parallelism(data=4), 2048, 2, 16))["data-parallel"]
    assert half == pytest.approx(communication.data_parallel_bytes(16 * share, 4, 2))


def test_experts_communicate(cards, models):
    card = next(card for card in cards if card.id == "made-1")
    steps = named(communication_steps(card, Parallelism(), 4096, 2, 3, expert_ranks=8))
    assert steps["expert-parallel"] == pytest.approx(
        communication.expert_parallel_bytes(card, 3 * 2 * 4096, 8)
    )
    with pytest.raises(ValueError, match="has no experts"):
        communication_steps(models["llama-7b"], Parallelism(), 4096, 2, 3, expert_ranks=8)


def test_lora(models):
    card = models["llama-2-70b"]
    steps = named(lora_steps(card, 8, ("q", "v", "gate", "down")))
    assert steps["lora"] == adapters.lora_model_parameters(card, 8, ("q", "v", "gate", "down"))
    assert steps["lora-k"] if "k" in steps else steps["lora-v"] == 8 * (1024 + 8192)
    with pytest.raises(ValueError, match="no matrix 'gate'"):
        lora_steps(models["gpt2"], 8, ("gate",))


@pytest.mark.parametrize(
    ("spread", "said"),
    [
        ({"tensor": 64}, "32 heads"),
        ({"pipeline": 33}, "32 layers"),
        ({"zero": 4}, "not 4"),
        ({"data": 0}, "data parallelism is 0"),
    ],
)
def test_impossible_parallelism_is_refused(models, spread, said):
    with pytest.raises(ValueError, match=said):
        memory_steps(models["llama-7b"], Parallelism(**spread), 2048, 1)


def test_known_figures(models):
    """What papers and data sheets give."""
    assert training.state_bytes(7.5e9) == 120e9
    assert training.state_bytes(7.5e9, 64, 1) == pytest.approx(31.4e9, rel=1e-3)  # zero Figure 1
    assert training.state_bytes(7.5e9, 64, 2) == pytest.approx(16.6e9, rel=3e-3)
    assert training.state_bytes(7.5e9, 64, 3) == pytest.approx(1.88e9, rel=3e-3)
    assert memory.kv_cache_bytes(models["llama-2-7b"], 1, 1, 2) == 512 * 1024
    assert roofline.ridge_intensity(A100.peak_flops, A100.bandwidth) == pytest.approx(153, abs=0.1)


def test_a_step_reads_aloud(models):
    step = cache_steps(models["llama-2-7b"], 4096, 1, 2)[0]
    assert step.said == "2 · layers · kv_heads · head_width · tokens · batch · bytes"
    assert step.filled == "2 · 32 · 32 · 128 · 4,096 · 1 · 2"
    assert step.value == 2 * 1024**3
