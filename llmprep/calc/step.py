"""One line of a calculation that can be said aloud: a formula, the numbers put in, the result."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from llmprep.calc.expression import evaluate
from llmprep.calc.quantity import format_quantity

_NAME = re.compile(r"[A-Za-z_]\w*(?!\w*\()")
_SIGNS = {" * ": " · ", " ** 2": "²", " - ": " − "}


@dataclass(frozen=True)
class Step:
    """A named result.

    Attributes:
        name: what it is, as a key of the words that `ui` has for it (`kv-cache`).
        formula: an expression over the names of `values` (see `expression.evaluate`).
        unit: bytes, FLOPs, parameters, tokens, seconds, days, FLOP/B, tokens/s, %, or nothing.
        source: where the formula comes from.
    """

    name: str
    formula: str
    values: Mapping[str, float] = field(default_factory=dict)
    unit: str = ""
    source: str = ""

    @property
    def value(self) -> float:
        """The result."""
        return evaluate(self.formula, self.values, {})

    @property
    def said(self) -> str:
        """The formula in words: `2 · layers · kv_heads`."""
        return _with_signs(self.formula)

    @property
    def filled(self) -> str:
        """The formula with the numbers put in: `2 · 32 · 8`."""
        return _with_signs(_NAME.sub(lambda match: self._number(match.group()), self.formula))

    def _number(self, name: str) -> str:
        return format_quantity(self.values[name]) if name in self.values else name


def _with_signs(formula: str) -> str:
    for code, sign in _SIGNS.items():
        formula = formula.replace(code, sign)
    return formula
