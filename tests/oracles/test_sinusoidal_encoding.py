"""`sinusoidal_encoding` against DistilBERT's table in transformers, and the formula in plain floats."""

from __future__ import annotations

import math

import pytest
import torch

MISSING = "oracle library not installed: pip install llmprep[oracles]"
SHAPES = [(1, 1), (1, 8), (9, 2), (12, 7), (50, 64), (200, 33)]


@pytest.mark.parametrize(("length", "width"), SHAPES)
def test_equals_distilbert_in_transformers(reference, length, width):
    pytest.importorskip("transformers", reason=MISSING)
    from transformers.models.distilbert.modeling_distilbert import create_sinusoidal_embeddings

    theirs = torch.empty(length, width)
    create_sinusoidal_embeddings(n_pos=length, dim=width, out=theirs)
    ours = reference("sinusoidal-encoding").sinusoidal_encoding(length, width)
    torch.testing.assert_close(ours, theirs, rtol=1e-5, atol=3e-5)


@pytest.mark.parametrize(("length", "width"), SHAPES)
def test_equals_the_formula_entry_by_entry(reference, length, width):
    ours = reference("sinusoidal-encoding").sinusoidal_encoding(length, width)
    assert ours.shape == (length, width)
    assert ours.dtype == torch.float32
    for position in range(length):
        for i in range(math.ceil(width / 2)):
            angle = position / 10000 ** (2 * i / width)
            assert ours[position, 2 * i].item() == pytest.approx(math.sin(angle), abs=3e-5)
            if 2 * i + 1 < width:
                assert ours[position, 2 * i + 1].item() == pytest.approx(math.cos(angle), abs=3e-5)


@pytest.mark.parametrize("offset", [1, 7, 40])
def test_a_shift_is_a_linear_map_that_does_not_depend_on_the_position(reference, offset):
    table = reference("sinusoidal-encoding").sinusoidal_encoding(120, 16).double()
    before, after = table[:-offset], table[offset:]
    turn = torch.linalg.lstsq(before, after).solution
    torch.testing.assert_close(before @ turn, after, rtol=0, atol=1e-3)
