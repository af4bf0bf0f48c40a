"""Pictures: what each way of putting parts together looks like; no wire of the real ones ends in nothing."""

from itertools import pairwise

import pytest
from rich.cells import cell_len

from llmprep.content.catalogue import Catalogue
from llmprep.content.pictures import Grid, GridRow, Part
from llmprep.ui.picture import draw, layout, outline

COLUMNS = 78
ARMS = {
    **dict.fromkeys("│╎┃", "ud"), **dict.fromkeys("─╌━", "lr"),
    **dict.fromkeys("┌╭┏", "dr"), **dict.fromkeys("┐╮┓", "dl"),
    **dict.fromkeys("└╰┗", "ur"), **dict.fromkeys("┘╯┛", "ul"),
    "├": "udr", "┠": "udr", "┤": "udl", "┬": "ldr", "┯": "ldr", "┴": "lur", "┼": "udlr",
}  # fmt: skip
STEPS = {"u": (-1, 0, "d"), "d": (1, 0, "u"), "l": (0, -1, "r"), "r": (0, 1, "l")}


def box(label, **keys):
    return Part(box=label, **keys)


def drawn(part, language="en"):
    return "\n".join(draw(part, language, COLUMNS))


def test_a_chain_hangs_on_one_wire():
    assert drawn(Part(down=(Part(text="token ids"), box("Embedding"), box("softmax", arrow="logits")))) == (
        "  token ids\n"
        "      ▼\n"
        "┌───────────┐\n"
        "│ Embedding │\n"
        "└─────┬─────┘\n"
        "      ▼ logits\n"
        " ┌─────────┐\n"
        " │ softmax │\n"
        " └─────────┘"
    )


def test_branches_leave_one_wire_and_meet_at_the_sign():
    branches = (box("W₀"), box("BA", strong=True), Part(wire=True))
    lines = drawn(Part(down=(Part(text="x"), Part(fork=branches, join="⊕"), Part(text="h")))).splitlines()
    assert lines[0].index("x") == lines[1].index("┴") == lines[-3].index("⊕") == lines[-1].index("h")
    assert [lines[2].count("▼"), lines[2].count("│")] == [2, 1]


def test_a_skip_goes_around_and_joins_below():
    assert drawn(Part(skip="⊕", box="FFN")) == (
        "   ├─────┐\n"
        "   ▼     │\n"
        "┌─────┐  │\n"
        "│ FFN │  │\n"
        "└──┬──┘  │\n"
        "   ⊕◄────┘"
    )  # fmt: skip


def test_a_sign_longer_than_its_box_makes_room_for_itself():
    assert drawn(Part(frame="× 6", skip="⊕ scaled by α", box="FFN")).splitlines() == [
        "╭╌╌╌╌┬ × 6 ╌╌╌╌╌╌╌╌╌╌╌╮",
        "╎    ├──────────────┐ ╎",
        "╎    ▼              │ ╎",
        "╎ ┌─────┐           │ ╎",
        "╎ │ FFN │           │ ╎",
        "╎ └──┬──┘           │ ╎",
        "╎    ⊕ scaled by α◄─┘ ╎",
        "╰╌╌╌╌┴╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╯",
    ]  # fmt: skip


def test_a_frame_has_its_title_beside_the_wire():
    lines = drawn(Part(frame="× 6", skip="⊕", box="Feed-forward")).splitlines()
    assert lines[0] == "╭╌ × 6 ╌╌╌┬╌╌╌╌╌╌╌╌╌╌╌╮"
    assert lines[-1] == "╰╌╌╌╌╌╌╌╌╌┴╌╌╌╌╌╌╌╌╌╌╌╯"


def test_an_arrow_from_the_side_goes_through_the_frame_to_its_port():
    decoder = Part(frame="Decoder", down=(box("Masked"), box("Cross", port=True), box("FFN")), arrow="K, V")
    lines = drawn(Part(across=(box("Encoder"), decoder))).splitlines()
    assert [line for line in lines if "▶" in line] == ["│ Encoder ├─ K, V ──┼─▶│ Cross │ ╎"]


def test_a_grid_names_its_rows_and_columns():
    grid = Grid(rows=(GridRow(("[CLS]", "我"), "token"), GridRow(("A", "A"), "segment")), columns=("0", "1"))
    assert drawn(Part(grid=grid)) == (
        "            0     1\n"
        "        ┌───────┬────┐\n"
        "  token │ [CLS] │ 我 │\n"
        "        ├───────┼────┤\n"
        "segment │   A   │ A  │\n"
        "        └───────┴────┘"
    )


def test_a_dense_grid_is_a_schedule():
    grid = Grid(
        rows=(GridRow(("F0", "F1", "", "B0"), "GPU 0"), GridRow(("", "F0", "B0", ""), "GPU 1")), dense=True
    )
    assert drawn(Part(grid=grid)) == "GPU 0 F0 F1    B0\nGPU 1    F0 B0"


def test_without_room_there_is_a_list():
    picture = Part(frame="Layer × 6", down=(box("Attention"), box("FFN", skip="⊕")))
    assert draw(picture, "en", 12) is None
    assert outline(picture, "en") == ["▸ Layer × 6", "  • Attention", "  • FFN", "  ⊕ with a wire around it"]


def test_ascii_terminals_get_ascii():
    lines = draw(Part(skip="⊕", down=(box("A", strong=True), box("B"))), "en", COLUMNS, ascii_only=True)
    assert "".join(lines).isascii()


# ---------------------------------------------------------------- the real ones

PICTURES = [
    pytest.param(picture, language, id=f"{item.id}-{number}-{language}")
    for item in Catalogue.open().listed("paper")
    for number, picture in enumerate(Catalogue.open().paper(item.id).pictures)
    for language in ("en", "zh")
]


@pytest.mark.parametrize(("picture", "language"), PICTURES)
def test_every_picture_fits_and_no_wire_ends_in_nothing(picture, language):
    lines = draw(picture.draw, language, COLUMNS)
    assert lines is not None, f"{picture.name.en}: {layout(picture.draw, language).width} columns"
    assert max(map(cell_len, lines)) <= COLUMNS
    rows = layout(picture.draw, language).rows
    assert loose_ends(rows) == []


def loose_ends(rows):
    """Places where a line points at a blank."""
    found = []
    for row, line in enumerate(rows):
        for column, cell in enumerate(line):
            for arm in ARMS.get(cell, ""):
                down, right, back = STEPS[arm]
                y, x = row + down, column + right
                if not (0 <= y < len(rows) and 0 <= x < len(line)):
                    continue  # a wire of the whole picture may begin or end at its edge
                other = rows[y][x]
                if cell == "╌" and other == " ":
                    continue  # beside the title of a frame
                if other == " " or (other in ARMS and back not in ARMS[other]):
                    found.append((row, column, cell, other))
    return found


def test_loose_ends_are_seen():
    assert loose_ends([["│"], [" "]]) == [(0, 0, "│", " ")]
    assert loose_ends([["─", "│"]]) == [(0, 0, "─", "│")]
    assert loose_ends([list("┌─┐"), list("└─┘")]) == []


def test_rows_are_equally_wide():
    part = Part(down=(Part(fork=(box("注意力"), box("FFN", strong=True)), join="concat"), Part(text="输出")))
    assert len({len(row) for row in layout(part, "zh").rows}) == 1
    assert all(upper and lower for upper, lower in pairwise(draw(part, "zh", COLUMNS)))
