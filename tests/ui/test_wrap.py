"""Line breaking of mixed Chinese and English."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from llmprep.ui.wrap import longest_chunk, wrap

NEVER_STARTS = "，。；：？！）》」、…"
NEVER_ENDS = "（《「"

SAMPLE_ZH = (
    "为什么注意力分数要除以 √d_k？因为各分量方差为 1 时，q·k 的方差是 d_k（而不是 1），"
    "softmax 会饱和；见《Attention Is All You Need》第 3.2.1 节。用 `F.softmax(x, dim=-1)`……"
)
SAMPLE_EN = (
    "Why are attention scores divided by √d_k? Because q·k of unit-variance components has variance d_k, "
    "so without it (see section 3.2.1) softmax saturates; `F.softmax(x, dim=-1)` then has tiny gradients."
)

_pieces = st.sampled_from(
    [
        *"注意力分数的方差是不为一",
        *NEVER_STARTS,
        *NEVER_ENDS,
        *"softmax 1 2 3 .,;:!?()[]\"'“”—-/%°",
        " ",
        "  ",
        "KV cache",
        "tokens",
        "`x = f(a, b)`",
        "`",
        "√d_k",
        "O(n²·d)",
        "3.14",
        "😀",
        "é",
        "\u0301",
        "\u00a0",
        "\u3000",
        "torch.nn.functional.scaled_dot_product_attention",
    ]
)
TEXTS = st.lists(_pieces | st.text(max_size=5), max_size=60).map("".join)
MULTILINE = st.lists(
    st.tuples(st.sampled_from(["", "- ", "1. ", "  - ", "12) ", "    "]), TEXTS).map("".join), max_size=4
).map("\n".join)


def _without_blanks(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("width", range(20, 121))
@pytest.mark.parametrize("text", [SAMPLE_ZH, SAMPLE_EN])
def test_prose_at_every_width(text: str, width: int) -> None:
    lines = wrap(text, width)
    for line in lines:
        assert cell_len(line) <= width
        assert line[0] not in NEVER_STARTS
        assert line[-1] not in NEVER_ENDS
    assert re.sub(r"\s", "", text) == re.sub(r"\s", "", "".join(lines))
    for word in re.findall(r"[A-Za-z_√0-9.²·]+", text):
        assert any(word in line for line in lines), f"{word} was broken"


def test_only_blanks_at_breaks_are_dropped() -> None:
    lines = wrap(SAMPLE_EN, 30)
    assert " ".join(lines) == SAMPLE_EN
    chinese = SAMPLE_ZH.replace(" ", "")
    assert "".join(wrap(chinese, 30)) == chinese


def test_lines_are_filled() -> None:
    assert wrap("注意力机制很重要", 8) == ["注意力机", "制很重要"]
    assert wrap("one two three four", 9) == ["one two", "three", "four"]


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("注意力，分数", 6, ["注意", "力，分", "数"]),
        ("分数（注意力）", 6, ["分数", "（注意", "力）"]),
        ("他说：「好」", 8, ["他说：", "「好」"]),
        ("等等……以及", 6, ["等等……", "以及"]),
        ("使用softmax函数", 8, ["使用", "softmax", "函数"]),
        ("除以 √d_k。然后", 9, ["除以", "√d_k。然", "后"]),
        ("约 3.14 倍", 6, ["约", "3.14", "倍"]),
        ("破折——号", 6, ["破折——", "号"]),
        ("注意力(attention)机制", 12, ["注意力", "(attention)", "机制"]),
        ("a word — dash", 6, ["a word", "— dash"]),
    ],
)
def test_rules(text: str, width: int, expected: list[str]) -> None:
    assert wrap(text, width) == expected


def test_code_is_not_broken() -> None:
    assert wrap("调用 `f(a, b)` 之后", 10) == ["调用", "`f(a, b)`", "之后"]


def test_code_wider_than_a_line_is_cut_at_a_good_place() -> None:
    code = "`torch.nn.functional.softmax(scores, dim=-1)`"
    assert wrap(code, 30) == ["`torch.nn.functional.softmax(", "scores, dim=-1)`"]


def test_a_word_wider_than_a_line_is_filled() -> None:
    assert wrap("a " + "x" * 25, 10) == ["a", "x" * 10, "x" * 10, "x" * 5]


def test_list_items_hang() -> None:
    assert wrap("- 注意力分数要除以根号", 12) == ["- 注意力分数", "  要除以根号"]
    assert wrap("1. one two three", 10) == ["1. one two", "   three"]
    assert wrap("  - nested item here", 12) == ["  - nested", "    item", "    here"]


def test_lines_that_are_there_are_kept() -> None:
    assert wrap("first\n\nsecond\n", 20) == ["first", "", "second"]
    assert wrap("", 20) == []


def test_tabs_become_spaces() -> None:
    assert wrap("a\tb", 20) == ["a   b"]


def test_longest_chunk_is_what_a_narrow_column_needs() -> None:
    assert longest_chunk("注意力 tokens，分数") == len("tokens") + 2
    assert longest_chunk("") == 0


@settings(derandomize=True, deadline=None, max_examples=400)
@given(MULTILINE, st.integers(20, 120))
@example("，" * 80, 20)
@example("（" * 80, 20)
@example("- " + "x" * 80, 20)
@example("`" + "x y " * 40 + "`", 20)
def test_nothing_is_lost_and_every_line_fits(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert _without_blanks("".join(lines)) == _without_blanks(text)
    assert all(cell_len(line) <= width for line in lines)


@settings(derandomize=True, deadline=None, max_examples=400)
@given(TEXTS, st.integers(20, 120))
def test_inside_a_line_nothing_changes(text: str, width: int) -> None:
    paragraph = " ".join(text.split())
    position = 0
    for line in wrap(paragraph, width):
        position = paragraph.index(line, position) + len(line)


@settings(derandomize=True, deadline=None, max_examples=400)
@given(TEXTS, st.integers(20, 120))
def test_no_line_starts_or_ends_wrongly(text: str, width: int) -> None:
    paragraph = " ".join(text.split())
    if longest_chunk(paragraph) > width:
        return  # what must be cut anyway may be cut anywhere
    lines = wrap(paragraph, width)
    for line in lines[1:]:
        assert line[0] not in NEVER_STARTS
    for line in lines[:-1]:
        assert line[-1] not in NEVER_ENDS


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(["softmax", "1.5", "KV", "注", "力，", "`a b`", "dim=-1"]), max_size=40))
def test_words_and_code_stay_whole(words: list[str]) -> None:
    lines = wrap(" ".join(words), 20)
    for word in words:
        assert any(word in line for line in lines)


def test_importing_is_cheap() -> None:
    program = (
        "import sys, llmprep.ui.wrap, llmprep.ui.blocks, llmprep.ui.formula\n"
        "heavy = {'pylatexenc', 'rich.markdown', 'pydantic', 'torch', 'prompt_toolkit', 'pygments'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
