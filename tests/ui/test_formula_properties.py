"""What holds for every formula, and for every string that is none."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from llmprep.ui.formula import layout, linear, parse_error, unknown_macros

_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_TEMPLATES = [
    "{#}",
    r"\frac{#}{#}",
    r"\sqrt{#}",
    r"\sqrt[{#}]{#}",
    "{#}_{#}",
    "{#}^{#}",
    "{#}_{#}^{#}",
    "{#}''",
    r"\sum_{#}^{#}",
    r"\max_{#}",
    r"\left(#\right)",
    r"\left[#\middle|#\right)",
    r"\left\{#\right\}",
    r"\left\lfloor #\right\rceil",
    r"\left\langle #\right.",
    r"\begin{cases}#&#\\ #&#\end{cases}",
    r"\begin{aligned}#&#\\ #&#\\ #\end{aligned}",
    r"\begin{pmatrix}#&#\\ #&#\end{pmatrix}",
    r"\hat{#}",
    r"\overline{#}",
    r"\underline{#}",
    r"\underbrace{#}_{#}",
    r"\overset{#}{#}",
    r"\boxed{#}",
    r"\binom{#}{#}",
    r"\xrightarrow{#}",
]
_MACROS = re.compile(r"\\(?:begin|end)\{\w+\}|\\(?!max)[a-zA-Z]+")


@st.composite
def atoms(draw: st.DrawFn) -> str:
    font = draw(st.sampled_from(["", "", "mathrm", "text", "mathbf", "mathcal", "mathbb", "operatorname"]))
    if not font:
        return str(draw(st.sampled_from([*_LETTERS, *"+-=,/|!;", "12", "0.5", r"\cdot ", r"\,"])))
    alphabet = _LETTERS + "注意力，（）" if font == "text" else _LETTERS
    return rf"\{font}{{{draw(st.text(alphabet, min_size=1, max_size=4))}}}"


@st.composite
def formulas(draw: st.DrawFn, depth: int = 2) -> str:
    parts = []
    for _ in range(draw(st.integers(0, 3))):
        template = draw(st.sampled_from(["", *_TEMPLATES])) if depth else ""
        if not template:
            parts.append(draw(atoms()))
            continue
        first, *rest = template.split("#")
        parts.append(first + "".join(draw(formulas(depth - 1)) + piece for piece in rest))
    return " ".join(parts)


_PIECES = r"""
\frac \sqrt [ ] { } ( ) ^ _ & \\ \left \right \middle \begin{cases} \end{cases} \begin{array}{cc} \end{array}
\begin \end \text \mathrm \operatorname * \rm $ \( \) ' ~ % \not \hat \limits \foo \big | \{ \} \| \substack
\boxed \stackrel \xrightarrow \underbrace \binom \, \! \quad x 1 , = - 中 é ́
"""
FRAGMENTS = st.lists(st.sampled_from(_PIECES.split()), max_size=12).map(" ".join)


def _letters(text: str) -> Counter[str]:
    """The letters of a text, whatever their font and height."""
    return Counter(letter for letter in unicodedata.normalize("NFKD", text) if letter in _LETTERS + "注意力")


def _written(tex: str) -> Counter[str]:
    """The letters of TeX without the names of its macros."""
    return _letters(_MACROS.sub(" ", tex))


@settings(derandomize=True, deadline=None, max_examples=150)
@given(formulas())
def test_pictures_are_rectangles_that_keep_every_letter(tex: str) -> None:
    assert parse_error(tex) is None
    lines = layout(tex)
    assert len({cell_len(line) for line in lines}) == 1
    assert _letters("".join(lines)) == _written(tex)


@settings(derandomize=True, deadline=None, max_examples=150)
@given(formulas(), st.integers(10, 100))
def test_narrow_pictures_fit_and_keep_every_letter(tex: str, width: int) -> None:
    lines = layout(tex, width)
    assert len({cell_len(line) for line in lines}) == 1
    assert cell_len(lines[0]) <= width
    assert _letters("".join(lines)) >= _written(tex)


@settings(derandomize=True, deadline=None, max_examples=150)
@given(formulas())
def test_lines_keep_every_letter_in_one_line(tex: str) -> None:
    line = linear(tex)
    assert "\n" not in line
    assert _letters(line) >= _written(tex)


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.text() | FRAGMENTS, st.none() | st.integers(1, 60))
def test_no_string_is_refused(tex: str, width: int | None) -> None:
    lines = layout(tex, width)
    assert len({cell_len(line) for line in lines}) == 1
    assert "\n" not in linear(tex)
    assert isinstance(unknown_macros(tex), list)
    for line in lines:
        assert not any(unicodedata.category(character) == "Cc" for character in line)


@settings(derandomize=True, deadline=None, max_examples=150)
@given(st.text() | FRAGMENTS)
def test_what_cannot_be_parsed_is_shown_as_it_is(tex: str) -> None:
    assume(parse_error(tex) is not None)
    written = "".join(
        "\ufffd"
        if unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\t\r"
        else character
        for character in tex
    )
    assert "".join("".join(layout(tex)).split()) == "".join(written.split())
