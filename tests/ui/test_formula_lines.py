"""One line says what the formula says: parentheses where TeX has braces that matter, none elsewhere."""

from __future__ import annotations

import pytest

from llmprep.ui.formula import linear, parse_error, unknown_macros


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        (r"L(N)=\left(\frac{N_c}{N}\right)^{\alpha_N}", "L(N) = (N_c/N)^α_N"),
        (r"(N_c/N)^{\alpha_N}", "(N_c/N)^α_N"),
        (r"e^{m_{i-1}-m_i}", "e^(mᵢ₋₁−mᵢ)"),
        (r"e^{m_i}-1", "e^mᵢ − 1"),
        (r"\mathrm{softmax}\left(\frac{QK^\top}{\sqrt{d_k}}\right)V", "softmax(QKᵀ/√dₖ)V"),
        (r"\frac{1}{2}x", "(1/2) x"),
        (r"\frac{a}{b+c}", "a/(b + c)"),
        (r"\frac{a+b}{c}", "(a + b)/c"),
        (r"\frac{a}{bc}", "a/(bc)"),
        (r"\frac{ab}{c}", "ab/c"),
        (r"\frac{a}{\frac{b}{c}}", "a/(b/c)"),
        (r"\frac{f(x)}{g(x)}", "f(x)/g(x)"),
        (r"\frac{2}{K(K-1)}", "2/(K(K − 1))"),
        (r"\frac{2}{\left(K-1\right)}", "2/(K − 1)"),
        (r"\frac{\partial L}{\partial x}", "∂L/∂x"),
        (r"\frac{x}{|D|}", "x/|D|"),
        (r"\frac{x}{\|u\|\,\|v\|}", "x/(‖u‖ ‖v‖)"),
        (r"\log\frac{p}{q}", "log (p/q)"),
        (r"-\frac{a}{b}", "−a/b"),
        (r"\sqrt{x+1}", "√(x + 1)"),
        (r"\sqrt{x^2}", "√(x²)"),
        (r"\sqrt{2\pi}", "√(2π)"),
        (r"\sqrt[3]{x}", "³√x"),
        (r"x^{2i/d}", "x^(2i/d)"),
        (r"x^{(l)}", "x⁽ˡ⁾"),
        (r"W_qk", "W_q k"),
        (r"W_{qk}", "W_qk"),
        (r"d_{\mathrm{model}}x", "d_model x"),
        (r"W_i^Q", "W_i^Q"),
        (r"R_{\Theta,m}", "R_(Θ,m)"),
        (r"\max_{\pi_\theta}f", "max_(π_θ) f"),
        (r"\sum_{j=1}^{d}x_j^2", "∑ⱼ₌₁ᵈ xⱼ²"),
        (r"\sum_{c=1}^{C}x_c", "∑_(c=1)^C x_c"),
        (r"{\left(a\right)}^{x_y}", "(a)^x_y"),
        (r"{\frac{a}{b}}^2", "(a/b)²"),
        (r"\overline{xy}", "bar(xy)"),
        (r"\binom{n}{k}", "(n over k)"),
        (r"\begin{pmatrix}a&b\\c&d\end{pmatrix}", "(a, b; c, d)"),
        (r"\begin{matrix}a&b\end{matrix}", "[a, b]"),
        (r"\begin{cases}a,&x>0\\b&\text{otherwise}\end{cases}", "{a, x > 0; b, otherwise}"),
        (r"\begin{aligned}a&=b\\c&=d\end{aligned}", "a = b; c = d"),
        (r"\left.f\right|_{x=0}", "f|ₓ₌₀"),
        (r"X\xrightarrow{f}Y", "X →^(f) Y"),
        (r"W_{\text{查询}}", "W_查询"),
    ],
)
def test_line(tex: str, expected: str) -> None:
    assert linear(tex) == expected


def test_a_symbol_is_written_as_in_its_formula() -> None:
    assert linear("y_l") == "yₗ"
    assert linear("y_l", within=r"\pi(y_w)-\pi(y_l)") == "y_l"


def test_unknown_macros_are_named_and_shown() -> None:
    tex = r"\foo{x}+\begin{weird}a\end{weird}+\text{\bar b}+\foo"
    assert unknown_macros(tex) == [r"\foo", r"\begin{weird}", r"\bar"]
    assert linear(tex) == r"\foo x + a + \bar b + \foo"


@pytest.mark.parametrize(
    ("tex", "fragment"),
    [
        (r"\frac{a}{", "end"),
        ("a}", "}"),
        ("x^a^b", "two superscripts"),
        ("x_a_b", "two subscripts"),
        ("x_", "nothing stands after _"),
        ("x^^2", "nothing stands after ^"),
        (r"\left(a", r"\left stands without \right"),
        (r"a\right)", r"\right stands without \left"),
        (r"\frac{a}", "argument"),
        (r"\left a b\right)", "delimiter"),
        ("\x0crac{a}{b}", "control character"),
        ("{" * 3000 + "}" * 3000, "nested too deeply"),
    ],
)
def test_what_is_wrong_with_a_formula(tex: str, fragment: str) -> None:
    error = parse_error(tex)
    assert error is not None
    assert fragment in error
    assert "\x0c" not in linear(tex)
