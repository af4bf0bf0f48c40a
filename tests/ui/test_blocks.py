"""Paragraphs, formulas, tables and lists on consoles of several widths."""

from __future__ import annotations

import io

import pytest
from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.theme import Theme

from llmprep.content.items import Formula, Language, NumberTable, Symbol, Text
from llmprep.ui.blocks import bullet_list, formula_block, number_table, prose

WIDTHS = (40, 60, 80, 120)
LANGUAGES: tuple[Language, ...] = ("en", "zh")

PROSE = Text(
    en="Scores are divided by √d_k: `q @ k.T / math.sqrt(d_k)` keeps unit variance [bold]literally[/bold] "
    ":smile:.\n- first, softmax does not saturate\n- second, gradients survive [1] [/]",
    zh="分数要除以 √d_k：`q @ k.T / math.sqrt(d_k)` 让方差保持为 1，[bold]原样[/bold] :smile: 输出。\n"
    "- 第一，softmax 不会饱和（梯度不会消失）；\n- 第二，训练更稳定。",
)
DPO = Formula(
    name=Text(en="The DPO loss", zh="DPO 损失"),
    tex=r"\mathcal{L}(\pi_\theta;\pi_{\mathrm{ref}})=-\mathbb{E}_{(x,y_w,y_l)}\left[\log\sigma\left("
    r"\beta\log\frac{\pi_\theta(y_w\mid x)}{\pi_{\mathrm{ref}}(y_w\mid x)}"
    r"-\beta\log\frac{\pi_\theta(y_l\mid x)}{\pi_{\mathrm{ref}}(y_l\mid x)}\right)\right]",
    symbols=(
        Symbol(tex=r"\pi_\theta", en="the policy being trained", zh="正在训练的策略"),
        Symbol(
            tex=r"\pi_{\mathrm{ref}}",
            en="the frozen reference policy, usually the model after supervised fine-tuning",
            zh="冻结的参考策略，通常是监督微调之后的模型，它的参数在整个训练过程中都不更新",
        ),
        Symbol(
            tex="y_w, y_l", en="the preferred answer and the rejected one", zh="被偏好的回答与被拒绝的回答"
        ),
        Symbol(tex=r"\beta", en="how strongly `KL` is punished", zh="`KL` 惩罚的强度"),
    ),
    source="dpo §4",
)
NUMBERS = NumberTable(
    caption=Text(en="Models by size and tokens", zh="各模型的参数量与训练 token 数"),
    columns=(
        Text(en="Model", zh="模型"),
        Text(en="Parameters", zh="参数量"),
        Text(en="Training tokens", zh="训练 token 数"),
        Text(en="Remark", zh="备注"),
    ),
    rows=(
        ("GPT-3", "175B", "300B", "trained on fewer tokens than is optimal 训练不足，远少于最优的 token 数"),
        ("Chinchilla", "70B", "1.4T", "20 tokens per parameter"),
        ("LLaMA-65B", "65.2B", "1.4T", "[dim]open[/dim] weights"),
    ),
    source="chinchilla §3",
)


def _lines(
    renderable: RenderableType, width: int, encoding: str = "utf-8", theme: Theme | None = None
) -> list[str]:
    output = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    console = Console(file=output, width=width, theme=theme)
    console.print(renderable)
    output.seek(0)
    return output.read().splitlines()


def _styled(renderable: RenderableType, theme: Theme | None = None) -> str:
    output = io.StringIO()
    Console(file=output, width=80, force_terminal=True, color_system="standard", theme=theme).print(
        renderable
    )
    return output.getvalue()


def _packed(text: str) -> str:
    return "".join(text.split())


def _all_texts(table: NumberTable, language: Language) -> list[str]:
    cells = [cell for row in table.rows for cell in row]
    return [table.caption[language], *(column[language] for column in table.columns), *cells]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_prose_keeps_every_character(width: int, language: Language) -> None:
    lines = _lines(prose(PROSE[language]), width)
    assert _packed("".join(lines)) == _packed(PROSE[language])
    assert all(cell_len(line) <= width for line in lines)
    assert not any(line.lstrip().startswith(tuple("，。；：）")) for line in lines)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_prose_fits_where_it_is_put(width: int, language: Language) -> None:
    grid = Table.grid(padding=(0, 1))
    grid.add_row("•", prose(PROSE[language]))
    for renderable in (Padding(prose(PROSE[language]), (0, 4)), grid):
        lines = _lines(renderable, width)
        assert all(cell_len(line) <= width for line in lines)
        assert _packed("".join(lines)).replace("•", "") == _packed(PROSE[language])


def test_list_items_in_prose_hang() -> None:
    lines = _lines(prose("- 注意力分数要除以 √d_k，否则 softmax 会饱和"), 24)
    assert [line.rstrip() for line in lines] == ["- 注意力分数要除以", "  √d_k，否则 softmax 会", "  饱和"]


def test_code_is_set_apart_from_the_rest() -> None:
    assert _styled(prose("see `x` here"), Theme({"code": "cyan"})) == "see \x1b[36m`x`\x1b[0m here\n"


def test_prose_takes_a_style_for_all_of_it() -> None:
    assert _styled(prose("all of it", "bold")).startswith("\x1b[1mall of it\x1b[0m")


def test_empty_prose_is_nothing() -> None:
    assert _lines(prose(""), 40) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_formula_block_fits_and_explains_every_symbol(width: int, language: Language) -> None:
    lines = _lines(formula_block(DPO, language), width)
    assert all(cell_len(line) <= width for line in lines)
    packed = _packed("".join(lines))
    assert packed.startswith(_packed(DPO.name[language]))
    for shown in ("π_θ", "π_ref", "β"):
        assert any(line.startswith(f"  {shown} ") for line in lines)
    legend = _packed("".join(lines[next(i for i, line in enumerate(lines) if line.startswith("  π_θ ")) :]))
    for symbol in DPO.symbols:
        assert _packed(symbol[language]) in legend


def test_formula_block_looks_like_this() -> None:
    formula = Formula(
        name=Text(en="Attention", zh="注意力"),
        tex=r"\operatorname{softmax}\left(\frac{QK^\top}{\sqrt{d_k}}\right)V",
        symbols=(
            Symbol(tex="d_k", en="width of a head", zh="每个 head 的宽度"),
            Symbol(tex="Q, K, V", en="queries, keys, values", zh="query、key、value"),
        ),
        source="transformer §3.2.1",
    )
    assert [line.rstrip() for line in _lines(formula_block(formula, "zh"), 40)] == [
        "注意力",
        "",
        "         ⎛QKᵀ⎞",
        "  softmax⎜───⎟V",
        "         ⎜ __⎟",
        "         ⎝√dₖ⎠",
        "",
        "  dₖ        每个 head 的宽度",
        "  Q, K, V   query、key、value",
    ]


def test_formula_block_without_unicode_is_tex() -> None:
    formula = Formula(Text(en="Root", zh="根"), r"\sqrt{x}", (Symbol(r"\alpha", "a letter", "字母"),), "none")
    lines = [line.rstrip() for line in _lines(formula_block(formula, "en"), 40, "ascii")]
    assert lines == ["Root", "", r"  \sqrt{x}", "", r"  \alpha   a letter"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_number_table_keeps_every_character(width: int, language: Language) -> None:
    lines = _lines(number_table(NUMBERS, language), width)
    assert all(cell_len(line) <= width for line in lines)
    characters = sorted(_packed("".join(lines)))
    for text in _all_texts(NUMBERS, language):
        assert not [c for c in _packed(text) if characters.count(c) < _packed(text).count(c)]
    for number in ("175B", "300B", "65.2B", "1.4T"):
        assert any(number in line for line in lines), f"{number} was broken"


def test_number_table_looks_like_this() -> None:
    table = NumberTable(
        caption=Text(en="Sizes", zh="大小"),
        columns=(Text(en="Model", zh="模型"), Text(en="Size", zh="参数量"), Text(en="Kind", zh="类型")),
        rows=(("GPT-2", "1.5B", "decoder"), ("BERT 大", "0.34B", "encoder")),
        source="none",
    )
    assert [line.rstrip() for line in _lines(number_table(table, "zh"), 40)] == [
        "大小",
        "",
        "模型      参数量   类型",
        "──────────────────────────",
        "GPT-2       1.5B   decoder",
        "BERT 大    0.34B   encoder",
    ]


def test_number_table_without_room_is_a_list() -> None:
    lines = [line.rstrip() for line in _lines(number_table(NUMBERS, "zh"), 24)]
    assert lines[lines.index("") + 1 :][:6] == [
        "模型：GPT-3",
        "  参数量：175B",
        "  训练 token 数：300B",
        "  备注：trained on fewer",
        "  tokens than is optimal",
        "  训练不足，远少于最优的",
    ]


@pytest.mark.parametrize("width", WIDTHS)
def test_bullet_list_hangs_and_keeps_every_character(width: int) -> None:
    items = [PROSE.zh.split("\n")[0], "[bold]literal[/bold]", "two\nlines " * 3]
    lines = _lines(bullet_list(items), width)
    assert all(cell_len(line) <= width for line in lines)
    assert all(line.startswith(("• ", "  ")) for line in lines)
    assert sum(line.startswith("• ") for line in lines) == len(items)
    assert _packed("".join(lines)).replace("•", "") == _packed("".join(items))


def test_bullets_without_unicode_are_stars() -> None:
    assert _lines(bullet_list(["one", "two"]), 40, "ascii") == ["* one", "* two"]
