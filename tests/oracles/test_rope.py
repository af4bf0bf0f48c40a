"""`rope` against LLaMA's rotary embedding in transformers, and against what rotations must satisfy."""

from __future__ import annotations

import pytest
import torch

MISSING = "oracle library not installed: pip install llmprep[oracles]"


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("width", "base"), [(8, 10000.0), (6, 500000.0), (64, 10000.0)])
def test_equals_llama_in_transformers(reference, seed, width, base):
    pytest.importorskip("transformers", reason=MISSING)
    from transformers import LlamaConfig
    from transformers.models.llama.modeling_llama import LlamaRotaryEmbedding, apply_rotary_pos_emb

    config = LlamaConfig(
        hidden_size=3 * width,
        num_attention_heads=3,
        head_dim=width,
        max_position_embeddings=64,
        rope_parameters={"rope_type": "default", "rope_theta": base},
    )
    generator = torch.Generator().manual_seed(seed)
    q, k = (torch.randn(2, 3, 7, width, generator=generator, dtype=torch.float64) for _ in range(2))
    positions = torch.randint(0, 3000, (2, 7), generator=generator)
    theirs = LlamaRotaryEmbedding(config)
    expected = apply_rotary_pos_emb(q, k, *theirs(q, positions))
    rope = reference("rope").rope
    for x, rotated in zip((q, k), expected, strict=True):
        torch.testing.assert_close(rope(x, positions.unsqueeze(1), base), rotated, rtol=1e-7, atol=1e-7)
    torch.testing.assert_close(reference("rope").rope_frequencies(width, base), theirs.inv_freq)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("width", [2, 8, 24])
def test_equals_multiplication_by_complex_numbers(reference, seed, width):
    generator = torch.Generator().manual_seed(seed)
    x = torch.randn(3, 5, width, generator=generator, dtype=torch.float64)
    positions = torch.randint(0, 50, (5,), generator=generator)
    theta = torch.tensor([10000.0 ** (-2 * i / width) for i in range(width // 2)], dtype=torch.float64)
    angles = positions.double().unsqueeze(-1) * theta
    turned = torch.complex(*x.chunk(2, dim=-1)) * torch.polar(torch.ones_like(angles), angles)
    expected = torch.cat((turned.real, turned.imag), dim=-1)
    torch.testing.assert_close(reference("rope").rope(x, positions), expected, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("shift", [1, 17, 400])
def test_scores_depend_on_the_offset_only(reference, shift):
    rope = reference("rope").rope
    generator = torch.Generator().manual_seed(shift)
    q, k = (torch.randn(2, 6, 16, generator=generator, dtype=torch.float64) for _ in range(2))
    positions = torch.randint(0, 100, (6,), generator=generator)

    def scores(offset: int) -> torch.Tensor:
        return rope(q, positions + offset) @ rope(k, positions + offset).transpose(-1, -2)

    torch.testing.assert_close(scores(0), scores(shift), rtol=1e-3, atol=1e-3)
    moved = rope(q, positions + shift) @ rope(k, positions).transpose(-1, -2)
    assert (moved - scores(0)).abs().max() > 0.1


def test_keeps_norms_and_leaves_position_zero_alone(reference):
    rope = reference("rope").rope
    x = torch.randn(4, 10, dtype=torch.float64)
    rotated = rope(x, torch.tensor([0, 1, 30, 5000]))
    torch.testing.assert_close(rotated.norm(dim=-1), x.norm(dim=-1), rtol=1e-6, atol=1e-6)
    torch.testing.assert_close(rotated[0], x[0])
    assert (rotated[1:] - x[1:]).abs().amax(dim=-1).min() > 0.01
