"""The pictures of classic formulas, exactly as a reader sees them (pictures.txt)."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

from llmprep.ui.formula import layout, parse_error, unknown_macros


def _pictures() -> dict[str, tuple[str, list[str]]]:
    text = Path(__file__).with_name("pictures.txt").read_text(encoding="utf-8")
    pictures = {}
    for section in text.split("=== ")[1:]:
        name, tex, _, *lines = section.rstrip("\n").split("\n")
        pictures[name] = (tex, lines)
    return pictures


PICTURES = _pictures()


def _seen(lines: list[str]) -> list[str]:
    return [line.rstrip() for line in lines]


@pytest.mark.parametrize("name", PICTURES)
def test_picture(name: str) -> None:
    tex, expected = PICTURES[name]
    lines = layout(tex)
    assert _seen(lines) == expected
    assert len({cell_len(line) for line in lines}) == 1, "the lines are not equally wide"
    assert unknown_macros(tex) == []
    assert parse_error(tex) is None


@pytest.mark.parametrize("name", PICTURES)
@pytest.mark.parametrize("width", [20, 40, 60, 76])
def test_picture_fits_a_narrow_terminal(name: str, width: int) -> None:
    for line in layout(PICTURES[name][0], width):
        assert cell_len(line) <= width


def test_a_wide_formula_is_broken_before_its_relations() -> None:
    tex = r"P(y_w\succ y_l|x)=\frac{\exp(r(x,y_w))}{\exp(r(x,y_w))+\exp(r(x,y_l))}=\sigma(r(x,y_w)-r(x,y_l))"
    assert _seen(layout(tex, 36)) == [
        "P(y  ≻ y |x)",
        "   w    l",
        "",
        "              exp(r(x, y ))",
        "                        w",
        "    = ─────────────────────────────",
        "      exp(r(x, y )) + exp(r(x, y ))",
        "                w               l",
        "",
        "    = σ(r(x, y ) − r(x, y ))",
        "              w          l",
    ]


def test_two_equations_are_parted_before_either_is_broken() -> None:
    tex = r"\mu=\frac{1}{d}\sum_i x_i,\quad \sigma^2=\frac{1}{d}\sum_i(x_i-\mu)^2"
    assert _seen(layout(tex, 24)) == [
        "    1",
        "μ = ─ ∑ xᵢ,",
        "    d i",
        "",
        "     1",
        "σ² = ─ ∑ (xᵢ − μ)²",
        "     d i",
    ]


def test_lines_of_equations_are_broken_one_by_one() -> None:
    tex = r"\begin{aligned}a&=b+c+d+e+f+g\\h&=k\end{aligned}"
    assert _seen(layout(tex, 16)) == ["a = b + c + d", "    + e + f + g", "h = k"]


def test_what_cannot_be_broken_is_written_in_lines() -> None:
    tex = r"\left[\frac{aaaa+bbbb+cccc+dddd}{e}\right]"
    assert _seen(layout(tex, 20)) == ["[(aaaa + bbbb + cccc", "+ dddd)/e]"]


def test_a_letter_has_one_kind_of_subscript() -> None:
    assert layout("y_l") == ["yₗ"]
    assert _seen(layout("y_l+y_w")) == ["y  + y", " l    w"]


def test_superscripts_of_letters_are_all_small_or_none() -> None:
    assert layout("N^a+D^b+c^2") == ["Nᵃ + Dᵇ + c²"]
    assert _seen(layout(r"N^\alpha+D^b+c^2")) == [" α    b", "N  + D  + c²"]


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        ("-x", "−x"),
        ("a-b", "a − b"),
        ("a=-b", "a = −b"),
        ("(-1,+2)", "(−1, +2)"),
        (r"2\sin\theta", "2 sin θ"),
        (r"\log\sigma(x)", "log σ(x)"),
        (r"5\,\text{GB}", "5 GB"),
        (r"\text{if }x>0", "if x > 0"),
        (r"x_{i=1}", "xᵢ₌₁"),
        ("10,000+f(1,2)", "10,000 + f(1, 2)"),
        ("{=}", "="),
        (r"\operatorname{top-k}(x)", "top-k(x)"),
        (r"\mathrm{FP16}", "FP16"),
        (r"n!", "n!"),
        (r"{\bf x}+{\rm softmax}(y)", "𝐱 + softmax(y)"),
        (r"\mathbb{R},\mathbb{E},\mathcal{L},\mathcal{D}", "ℝ, 𝔼, ℒ, 𝒟"),
        (r"f'(x)+g''", "f′(x) + g′′"),
        (r"\hat x_i+\bar\alpha_t+\tilde{x}", "x̂ᵢ + ᾱₜ + x̃"),
        (r"a\not=b", "a ≠ b"),
        (r"W^\top W^{-1}", "WᵀW⁻¹"),
        ("% a remark\nx", "x"),
        (r"$x$", "x"),
        (r"\big(a\big)", "(a)"),
    ],
)
def test_one_row(tex: str, expected: str) -> None:
    assert layout(tex) == [expected]


@pytest.mark.parametrize(
    ("delimiter", "column"),
    [
        ("(", "⎛⎜⎜⎝"),
        ("[", "⎡⎢⎢⎣"),
        ("|", "││││"),
        (r"\|", "║║║║"),
        (r"\lfloor", "⎢⎢⎢⎣"),
        (r"\lceil", "⎡⎢⎢⎢"),
        (r"\{", "⎧⎭⎫⎩"),
    ],
)
def test_brackets_grow(delimiter: str, column: str) -> None:
    lines = layout(rf"\left{delimiter}\begin{{matrix}}a\\b\\c\\d\end{{matrix}}\right.")
    assert "".join(line[0] for line in lines) == column
