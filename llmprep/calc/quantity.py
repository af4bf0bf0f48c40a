"""Quantities as people write them: reads what a learner types, shows a result, compares the two."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping

from llmprep.calc.units import CONSTANTS, B, GiB, K, KiB, M, MiB, T

LONGEST_TEXT = 80
PLAIN_BELOW = 1e6
"""From here on a result is shown with M, B or T."""
SCIENTIFIC_FROM, SCIENTIFIC_BELOW = 1e15, 1e-3


# ---------------------------------------------------------------- showing


def format_quantity(value: float) -> str:
    """`value` with up to four significant digits: `1.6 B`, `65,536`, `0.375`, `3.15 × 10²³`.

    Whole numbers below a million are shown in full. `parse_quantity` reads every result back.
    """
    if not math.isfinite(value):
        return str(value)
    if value == int(value) and abs(value) < PLAIN_BELOW:
        return f"{int(value):,}"
    rounded = float(f"{value:.4g}")
    size = abs(rounded)
    if not SCIENTIFIC_BELOW <= size < SCIENTIFIC_FROM:
        mantissa, exponent = f"{rounded:.3e}".split("e")
        return f"{float(mantissa):g} × 10{str(int(exponent)).translate(_RAISED)}"
    if size >= PLAIN_BELOW:
        scale, name = next((scale, name) for scale, name in ((T, "T"), (B, "B"), (M, "M")) if size >= scale)
        return f"{rounded / scale:.4g} {name}"
    return f"{value:,.0f}" if size >= K else f"{rounded:g}"


_RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


# ---------------------------------------------------------------- reading

_SUFFIXES: Mapping[str, float] = {
    "%": 0.01, "percent": 0.01,
    "k": K, "m": M, "g": B, "b": B, "t": T, "p": 1e15,
    "thousand": K, "million": M, "billion": B, "trillion": T, "mn": M, "bn": B, "tn": T,
    "bytes": 1.0, "byte": 1.0, "字节": 1.0,
    "kb": K, "mb": M, "gb": B, "tb": T,
    "kib": KiB, "mib": MiB, "gib": GiB, "tib": 2.0**40,
    "百": 1e2, "千": 1e3, "万": 1e4, "十万": 1e5, "百万": 1e6, "千万": 1e7,
    "亿": 1e8, "十亿": 1e9, "百亿": 1e10, "千亿": 1e11, "万亿": 1e12,
}  # fmt: skip
_SUFFIXES_OF_BINARY_ANSWERS: Mapping[str, float] = {"b": 1.0, "k": KiB, "m": MiB, "g": GiB, "t": 2.0**40}
"""Where an answer in KiB, MiB or GiB is asked for, a lone `G` means GiB, and `B` is a byte."""

_APPROXIMATELY = r"""(?: = | ≈ | ~ | about | around | approximately | approx\.? | roughly
    | 大约 | 大概 | 约等于 | 约为 | 约 | 差不多 )"""
_UNSIGNED = r"(?: \d{1,3}(?:,\d{3})+(?:\.\d+)? | \d{1,3}(?:[ _]\d{3})+(?:\.\d+)? | \d+\.?\d* | \.\d+ )"
_POWER_OF_TEN = r"(?: \s* [×x*·] \s* 10 \s* (?:\^|\*\*) \s* (?P<power>[-+]?\d{1,3}) )"
_COUNTED = r"""(?: parameters? | params? | tokens? | flops? | bits? | gpus? | heads? | layers? | times | x | ×
    | pf-?days? | days? | hours? | minutes? | seconds? | s | / | per
    | 参数 | 比特 | 层 | 头 | 倍 | 次 | 个 | 张 | 块 | 卡 | 天 | 小时 | 分钟 | 秒 | 每 | 左右 )"""
_QUANTITY = re.compile(
    rf"""{_APPROXIMATELY}* \s*
    (?: (?P<base>\d{{1,6}}) \s* (?:\^|\*\*) \s* (?P<raised>[-+]?\d{{1,3}})
      | (?P<sign>[-+])? \s* (?P<mantissa>{_UNSIGNED}) (?: e(?P<exponent>[-+]?\d{{1,3}}) )? {_POWER_OF_TEN}? )
    \s* (?P<suffix> {"|".join(sorted(map(re.escape, _SUFFIXES), key=len, reverse=True))} )?
    \s* (?: {_COUNTED} \s* )*""",
    re.VERBOSE,
)
_SUPERSCRIPT = re.compile(r"[⁺⁻]?[⁰¹²³⁴-⁹]+")
_MINUS_SIGNS = str.maketrans("−–", "--")


def parse_quantity(text: str, unit: str | None = None) -> float | None:
    """The number that a learner typed, or None if it cannot be read.

    Reads `1.6B`, `1,600,000,000`, `1.6e9`, `1.6 × 10⁹`, `2^30`, `16 GiB`, `3%`, `约 2.1 亿`, `１６`, with
    words such as "about" before and "parameters" or "天" after; units of time and bits are not converted.

    Args:
        unit: what `asked_unit` says the answer is asked in. A bare number is then taken to be in that unit
            already, and a unit that was typed is converted to it: asked in GiB, both `16` and `16 GiB`
            are 16, and `16384 MiB` is, too.
    """
    match = _QUANTITY.fullmatch(_plain(text)) if len(text) <= LONGEST_TEXT else None
    if match is None:
        return None
    try:
        number = _number(match)
    except OverflowError:
        return None
    if match["suffix"]:
        number *= _scale(match["suffix"], unit)
    return number if math.isfinite(number) else None


def _plain(text: str) -> str:
    # before normalisation, which would make "10⁹" into "109"
    raised = _SUPERSCRIPT.sub(lambda match: "^" + match[0], text)
    return unicodedata.normalize("NFKC", raised).translate(_MINUS_SIGNS).casefold().strip().rstrip(".。")


def _number(match: re.Match[str]) -> float:
    if match["base"]:
        return float(match["base"]) ** int(match["raised"])
    number = float(re.sub(r"[ ,_]", "", match["mantissa"]) + "e" + (match["exponent"] or "0"))
    number *= 10.0 ** int(match["power"] or 0)
    return -number if match["sign"] == "-" else number


def _scale(suffix: str, unit: str | None) -> float:
    if unit is None:
        return _SUFFIXES[suffix]
    if unit == "%":
        return _SUFFIXES[suffix] * 100
    scale = _SUFFIXES[suffix]
    if unit.endswith("iB"):
        scale = _SUFFIXES_OF_BINARY_ANSWERS.get(suffix, scale)
    return scale / CONSTANTS[unit]


# ---------------------------------------------------------------- comparing


def within(value: float, expected: float, tolerance: str) -> bool:
    """Whether `value` differs from `expected` by at most `tolerance` of it, given as `"3%"`.

    Raises:
        ValueError: the tolerance is no percentage.
    """
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*%\s*", tolerance)
    if match is None:
        raise ValueError(f"the tolerance {tolerance!r} is no percentage; write it as '3%'")
    allowed = float(match[1]) / 100 * abs(expected)
    # 1.03 is within 3% of 1, whatever binary fractions make of it
    return abs(value - expected) <= allowed * (1 + 1e-9)
