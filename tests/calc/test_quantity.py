"""Quantities: what is read, how it is shown, when two agree."""

from __future__ import annotations

import math

import pytest

from llmprep.calc.quantity import format_quantity, parse_quantity, within


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("42", 42),
        ("-0.5", -0.5),
        (".5", 0.5),
        ("1.6B", 1.6e9),
        ("1.6 b", 1.6e9),
        ("1,600,000,000", 1.6e9),
        ("1 600 000 000", 1.6e9),
        ("1.6e9", 1.6e9),
        ("1.6E+9", 1.6e9),
        ("1.6 × 10⁹", 1.6e9),
        ("1.6x10^9", 1.6e9),
        ("1.6*10**9", 1.6e9),
        ("3.14×10²³ FLOPs", 3.14e23),
        ("5×10⁻³", 0.005),
        ("2^30", 2**30),
        ("10⁹", 1e9),
        ("16 GiB", 16 * 2**30),
        ("512KiB", 512 * 2**10),
        ("80 GB", 80e9),
        ("524288 bytes", 524_288),
        ("312 TFLOPs", 312e12),
        ("3640 PF-days", 3640),
        ("3%", 0.03),
        ("3 percent", 0.03),
        ("3％", 0.03),
        ("１．６Ｂ", 1.6e9),
        ("１，６００", 1600),
        ("−2", -2),
        ("约 2.1", 2.1),
        ("大约2.1亿", 2.1e8),
        ("≈ 2.1", 2.1),
        ("~2.1", 2.1),
        ("about 2.1 billion parameters.", 2.1e9),
        ("1.75千亿", 1.75e11),
        ("1750 亿参数", 1.75e11),
        ("1.4 万亿个 token", 1.4e12),
        ("3.2万", 32_000),
        ("21 days", 21),
        ("21 天左右", 21),
        ("9.1x", 9.1),
        ("9.1 倍", 9.1),
        ("8 gpus", 8),
        ("128 KiB/token", 128 * 2**10),
        ("128 KiB per token", 128 * 2**10),
    ],
)
def test_reads(text, number):
    assert parse_quantity(text) == pytest.approx(number, rel=1e-12)


@pytest.mark.parametrize(
    "text",
    ["", "   ", "about", "many", "B", "1,6", "12,34", "1,0000", "1.2.3", "2-3", "1/2", "6.7 bananas",
     "1e9999", "999999^999", "9" * 81, "1.6B 2", "0x10", "nan", "inf", "GiB 16", "--5", "²"],
)  # fmt: skip
def test_unreadable(text):
    assert parse_quantity(text) is None


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("16", "GiB", 16),
        ("16 GiB", "GiB", 16),
        ("16G", "GiB", 16),
        ("16384 MiB", "GiB", 16),
        ("16384M", "GiB", 16),
        ("17179869184 bytes", "GiB", 16),
        ("17179869184 B", "GiB", 16),
        ("17.179869184 GB", "GiB", 16),
        ("14", "B", 14),
        ("14 GB", "B", 14),
        ("6.74B", "B", 6.74),
        ("0.124 B", "M", 124),
        ("1.24亿", "M", 124),
        ("3%", "%", 3),
        ("3", "%", 3),
    ],
)
def test_reads_an_answer_in_the_unit_that_was_asked(text, unit, number):
    assert parse_quantity(text, unit) == pytest.approx(number, rel=1e-12)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0, "0"),
        (1.6e9, "1.6 B"),
        (12_853_000_000, "12.85 B"),
        (174.6e9, "174.6 B"),
        (109_482_240, "109.5 M"),
        (1.4e12, "1.4 T"),
        (3.146e23, "3.146 × 10²³"),
        (2e-5, "2 × 10⁻⁵"),
        (65_536, "65,536"),
        (999_999.7, "1 M"),
        (999_950_000, "1 B"),
        (12_345.678, "12,346"),
        (0.375, "0.375"),
        (21.000001, "21"),
        (999.97, "1,000"),
        (-2.5, "-2.5"),
        (-1.6e9, "-1.6 B"),
        (1.24, "1.24"),
    ],
)
def test_shows(value, shown):
    assert format_quantity(value) == shown


@pytest.mark.parametrize("exponent", range(-9, 27))
@pytest.mark.parametrize("mantissa", [1, 1.2345, 9.99951, -4.5678])
def test_what_is_shown_can_be_read_back(mantissa, exponent):
    value = mantissa * 10.0**exponent
    assert parse_quantity(format_quantity(value)) == pytest.approx(value, rel=6e-4)


def test_shows_even_what_is_not_finite():
    assert format_quantity(math.inf) == "inf"


@pytest.mark.parametrize(
    ("value", "expected", "tolerance", "close"),
    [
        (103, 100, "3%", True),
        (97, 100, "3%", True),
        (1.03, 1, "3%", True),
        (103.1, 100, "3%", False),
        (96.9, 100, "3%", False),
        (-103, -100, "3%", True),
        (100, -100, "3%", False),
        (100.4, 100, "0.5%", True),
        (100, 100, "0%", True),
        (0, 0, "3%", True),
        (0.001, 0, "3%", False),
        (math.nan, 1, "3%", False),
    ],
)
def test_within(value, expected, tolerance, close):
    assert within(value, expected, tolerance) is close


@pytest.mark.parametrize("tolerance", ["3", "", "-3%", "three%"])
def test_within_refuses_other_tolerances(tolerance):
    with pytest.raises(ValueError, match="no percentage"):
        within(1, 1, tolerance)
