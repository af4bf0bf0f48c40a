"""`calibration_error` against the definition in exact fractions, edges included."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

import pytest
import torch


def by_definition(confidences: list[Fraction], right: list[bool], bins: int) -> tuple[Fraction, Fraction]:
    """Every example goes into the one interval (m/M, (m + 1)/M] that holds it."""
    parts: dict[int, list[tuple[Fraction, bool]]] = defaultdict(list)
    for confidence, hit in zip(confidences, right, strict=True):
        (part,) = [m for m in range(bins) if Fraction(m, bins) < confidence <= Fraction(m + 1, bins)]
        parts[part].append((confidence, hit))
    gaps = {m: abs(sum((hit - c for c, hit in part), Fraction(0))) / len(part) for m, part in parts.items()}
    total = sum((gap * len(parts[m]) for m, gap in gaps.items()), Fraction(0))
    return total / len(right), max(gaps.values())


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("bins", [1, 2, 8, 16, 64])
def test_equals_the_definition(reference, seed, bins):
    """Confidences are multiples of 1/64, so that many of them lie on edges."""
    generator = torch.Generator().manual_seed(seed)
    confidence = torch.randint(33, 65, (50,), generator=generator) / 64
    labels = torch.randint(0, 2, (50,), generator=generator)
    probabilities = torch.stack([confidence, 1 - confidence], dim=-1)
    ours = reference("calibration-error").calibration_error(probabilities, labels, bins)
    expected = by_definition([Fraction(c) for c in confidence.tolist()], (labels == 0).tolist(), bins)
    assert ours == pytest.approx([float(value) for value in expected], abs=1e-6)


def test_a_calibrated_model_has_a_small_error(reference):
    """Labels drawn from the model's own probabilities."""
    generator = torch.Generator().manual_seed(0)
    probabilities = torch.randn(20_000, 4, generator=generator).softmax(dim=-1)
    labels = torch.multinomial(probabilities, 1, generator=generator)[:, 0]
    calibrated, _ = reference("calibration-error").calibration_error(probabilities, labels)
    sharper, _ = reference("calibration-error").calibration_error(
        (probabilities.log() * 3).softmax(-1), labels
    )
    assert calibrated < 0.02 < 0.1 < sharper
