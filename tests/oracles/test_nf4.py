"""NF4 against the paper's table, the normal quantiles it is made of, and a search over all levels."""

from __future__ import annotations

import itertools

import pytest
import torch

MISSING = "oracle library not installed: pip install llmprep[oracles]"


def test_levels_are_normal_quantiles(reference):
    """Eight quantiles above zero and seven below, zero itself, scaled to ±1 (QLoRA, §3 and Appendix E)."""
    stats = pytest.importorskip("scipy.stats", reason=MISSING)
    tail = 0.5 * (1 / 32 + 1 / 30)  # the outermost quantile, for 16 levels with an exact zero
    above = stats.norm.ppf([0.5 + (0.5 - tail) * i / 8 for i in range(1, 9)])
    below = -stats.norm.ppf([0.5 + (0.5 - tail) * i / 7 for i in range(7, 0, -1)])
    levels = torch.tensor([*below, 0.0, *above]) / max(above)
    torch.testing.assert_close(reference("nf4").NF4.double(), levels.double(), atol=2e-6, rtol=0)


@pytest.mark.parametrize(
    ("shape", "block", "group"), [((6, 16), 8, 5), ((4, 3, 32), 64, 256), ((9, 20), 10, 4)]
)
def test_every_number_gets_its_nearest_level(reference, shape, block, group):
    module = reference("nf4")
    torch.manual_seed(block)
    w = torch.randn(shape)
    packed, constants, scales, offset = module.quantize_nf4(w, block, group)
    codes = list(itertools.chain.from_iterable(divmod(byte, 16) for byte in packed.tolist()))
    numbers, levels = w.flatten().tolist(), module.NF4.tolist()
    largest = [max(map(abs, numbers[i : i + block])) for i in range(0, len(numbers), block)]
    for i, (number, code) in enumerate(zip(numbers, codes, strict=True)):
        errors = [abs(number / largest[i // block] - level) for level in levels]
        assert errors[code] == min(errors)
    for i, (constant, value) in enumerate(zip(constants.tolist(), largest, strict=True)):
        scale = scales[i // group].item()
        assert abs(constant * scale + offset.item() - value) <= scale / 2 + 1e-6
    back = module.dequantize_nf4(packed, constants, scales, offset, shape, block, group)
    for i, (value, code) in enumerate(zip(back.flatten().tolist(), codes, strict=True)):
        constant = constants[i // block].item() * scales[i // block // group].item() + offset.item()
        assert value == pytest.approx(levels[code] * constant, abs=1e-6)


def test_normal_weights_lose_less_than_with_even_levels(reference):
    module = reference("nf4")
    torch.manual_seed(0)
    w = torch.randn(256, 64)
    back = module.dequantize_nf4(*module.quantize_nf4(w), (256, 64))
    largest = w.abs().amax(dim=1, keepdim=True)
    even = (w / largest * 7).round() / 7 * largest
    assert (back - w).square().mean() < (even - w).square().mean()
