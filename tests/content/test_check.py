"""`content check` as authors meet it: arithmetic, phrases, names of parts, proofs, words and exit codes."""

from __future__ import annotations

import contextlib
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import llmprep
from llmprep.content.catalogue import UnknownName
from llmprep.content.library import load_library
from llmprep.practice.check import check_content, select
from llmprep.practice.proof import prove

CHECKOUT = Path(llmprep.__file__).parent.parent
BANK = "questions/attention.yaml"


def said(content) -> list[str]:
    problems = check_content(content.root, load_library(content.root)).problems
    return [str(problem).removeprefix(f"{content.root}/") for problem in problems]


# ---------------------------------------------------------------- computed questions


@pytest.mark.parametrize(
    ("old", "new", "words", "at"),
    [
        (
            "heads * tokens ** 2 * 4 / MiB",
            "heads * tokens ** 2 * 4 / MB",
            "compute uses 'MB', which vary",
            "",
        ),
        ("heads * tokens ** 2 * 4 / MiB", "heads * 4 / MiB", "compute does not use 'tokens'", "vary:"),
        ("heads * tokens ** 2 * 4 / MiB", "heads * tokens +", "compute: not an expression", ""),
        ("heads * tokens ** 2 * 4 / MiB", "'size(heads, tokens) / MiB'", "there is no function 'size'", ""),
        (
            "heads * tokens ** 2 * 4 / MiB",
            "heads / (tokens - 1024) / MiB",
            "division by zero (for heads = 8, tokens",
            "",
        ),
        (
            "heads * tokens ** 2 * 4 / MiB",
            "(heads - 16) * tokens / MiB",
            "the result is 0 for heads = 16",
            "",
        ),
        ("heads * tokens ** 2 * 4 / MiB", "'parameters(heads) * tokens'", "'heads' is a number where", ""),
        ("tokens: [1024, 4096]", "tokens: [1024, long]", "'tokens' is 'long', which is no model", "compute:"),
        (
            "heads * tokens ** 2 * 4 / MiB",
            "heads * tokens ** 2 / GiB",
            "compute gives GiB, and ask does not say so",
            "en: How many",
        ),
        ("tolerance: 1%", "tolerance: 0.001%", None, ""),
    ],
)
def test_the_arithmetic_of_a_question(content, old: str, new: str, words: str | None, at: str) -> None:
    content.change(BANK, old, new)
    if words is None:
        assert said(content) == []
        return
    line = content.line(BANK, at or "compute:")
    assert any(words in found and found.startswith(f"{BANK}:{line}: ") for found in said(content)), said(
        content
    )


def test_every_combination_is_tried(content) -> None:
    content.change(BANK, "heads: [8, 16]", "heads: [8, 16, 3]")
    content.change(BANK, "heads * tokens ** 2 * 4 / MiB", "heads * tokens / (heads * tokens - 12288) / MiB")
    assert ["division by zero (for heads = 3, tokens = 4096)" in line for line in said(content)] == [True]


def test_a_great_many_combinations_are_sampled(content) -> None:
    values = ", ".join(map(str, range(1, 3001)))
    content.change(BANK, "heads: [8, 16], tokens: [1024, 4096]", f"heads: [{values}], tokens: [{values}]")
    assert said(content) == []


def test_a_result_that_its_own_rounding_fails_is_reported(content) -> None:
    content.change(BANK, "tokens: [1024, 4096]", "tokens: [1000]")
    content.change(BANK, "tolerance: 1%", "tolerance: 0.0001%")
    assert [
        "the result is shown as '30.52 MiB' and read back as 30.52" in line for line in said(content)
    ] == [True]


def test_models_of_the_same_content_are_used(content) -> None:
    content.change(BANK, "heads: [8, 16]", "heads: [base]")
    content.change(BANK, "heads * tokens ** 2 * 4 / MiB", "parameters(heads) * tokens / MiB")
    assert said(content) == []


# ---------------------------------------------------------------- points and phrases


def test_an_answer_says_its_own_points_in_both_languages(content) -> None:
    content.change(BANK, "any: [variance, 方差]", "any: [spread, 方差]")
    content.change(BANK, "any: [saturate, 饱和]", "any: [saturate, 平坦]")
    english, chinese = said(content)
    assert (
        "the English answer has no phrase of the point 'q·k has variance d_k'; say it in the answer"
        in english
    )
    assert english.startswith(f"{BANK}:{content.line(BANK, 'any: [spread')}: ")
    assert "the Chinese answer has no phrase of the point 'softmax would saturate'" in chinese


def test_a_phrase_of_the_question_itself_makes_a_point_free(content) -> None:
    content.change(BANK, "any: [saturate, 饱和]", "any: [saturate, 饱和, divide by]")
    assert said(content) == [
        f"{BANK}:{content.line(BANK, 'divide by]')}: question 'sqrt-dk': the point "
        "'softmax would saturate' is free: its phrase 'divide by' stands in the question; "
        "find words that only an answer has."
    ]
    content.change(BANK, "饱和, divide by]", "饱和, vide]")  # inside a word it is not found
    assert said(content) == []


def test_groups_that_all_stand_in_the_question_make_a_point_free(content) -> None:
    content.change(BANK, "any: [saturate, 饱和]", "all: [[divide, saturate, 饱和], [by, softmax]]")
    assert "'softmax would saturate' is free: all its groups stand in the question" in "\n".join(
        said(content)
    )


def test_what_a_trap_quotes_makes_no_point(content) -> None:
    claim = '"The variance grows, so weights sum to one." They always do.'
    trap = f"    trap: {{en: '{claim}', zh: 「为了归一化。」本来就归一。}}\n"
    content.change(BANK, "    then: [which-axis]\n", f"{trap}    then: [which-axis]\n")
    line = content.line(BANK, "en: q·k")
    assert said(content) == [
        f"{BANK}:{line}: question 'sqrt-dk': the English trap, which is wrong, makes the point "
        "'q·k has variance d_k'; find words that only the point has, or list some of the trap under unless."
    ]
    content.change(BANK, "any: [variance, 方差]", "any: [variance, 方差]\n        unless: [sum to one]")
    assert said(content) == []


# ---------------------------------------------------------------- which part


def chosen(content, *wanted: str) -> tuple[set[str], tuple[str, ...]]:
    """The files of the library that are covered, and the drills."""
    units = load_library(content.root)
    selection = select(content.root, units, wanted)
    covered = {unit.path for unit in units if selection.covers(unit.path)}
    return {path.relative_to(content.root).as_posix() for path in covered}, selection.drills


DRILL_FILES = {"drills/double/drill.yaml", "solutions/double/mistakes.yaml", "solutions/double/notes.yaml"}


def test_nothing_named_is_everything(content) -> None:
    files, drills = chosen(content)
    assert len(files) == 7 and drills == ("double",)


@pytest.mark.parametrize(
    "wanted",
    ["double", "Double", "twice", "drills/double", "solutions/double/", "drills/double/stub.py",
     "solutions/double/mistakes.yaml", "solutions/double/valid/added.py"],
)  # fmt: skip
def test_a_drill_is_named_by_id_alias_folder_or_any_of_its_files(content, wanted: str) -> None:
    assert chosen(content, wanted) == (DRILL_FILES, ("double",))


def test_files_and_folders_are_named_by_path_from_anywhere(content, monkeypatch) -> None:
    assert chosen(content, BANK) == ({BANK}, ())
    assert chosen(content, str(content.root / BANK)) == ({BANK}, ())
    assert chosen(content, "papers") == ({"papers/references.yaml", "papers/transformer.yaml"}, ())
    assert chosen(content, BANK, "double") == ({BANK} | DRILL_FILES, ("double",))
    monkeypatch.chdir(content.root / "questions")
    assert chosen(content, "attention.yaml") == ({BANK}, ())
    assert chosen(content, "..")[1] == ("double",)


def test_the_folder_of_all_drills_is_all_drills(content) -> None:
    files, drills = chosen(content, "drills")
    assert drills == ("double",) and files >= DRILL_FILES


@pytest.mark.parametrize(
    ("wanted", "close"),
    [
        ("dubble", ["double"]),
        ("question/attention.yaml", [BANK]),
        ("atention", [BANK]),
        ("papers/transformer.yml", ["papers/transformer.yaml"]),
        ("README.md", []),
        ("drills/triple", []),
    ],
)
def test_what_is_neither_is_refused_with_what_it_may_mean(content, wanted: str, close: list[str]) -> None:
    with pytest.raises(UnknownName) as caught:
        chosen(content, wanted)
    assert caught.value.kind == "content" and caught.value.name == wanted
    assert caught.value.close[: len(close)] == close


def test_only_complete_drills_can_be_proved(content) -> None:
    def provable() -> list[str]:
        return check_content(content.root, load_library(content.root)).provable

    assert provable() == ["double"]
    content.change("solutions/double/notes.yaml", "compared: torch.add", "compared: TODO")
    assert provable() == []
    content.change("solutions/double/notes.yaml", "compared: TODO", "compares: torch.add")
    assert provable() == []


# ---------------------------------------------------------------- the command


def run(
    content, *arguments: str, language: str = "en", cwd: Path = CHECKOUT
) -> tuple[int, list[str], list[str]]:
    """Exit status, and the lines of both outputs."""
    done = subprocess.run(
        [sys.executable, "-m", "llmprep", "content", *arguments, "--lang", language],
        capture_output=True,
        text=True,
        cwd=cwd,
        env=os.environ | {"LLMPREP_CONTENT": str(content.root), "PYTHONPATH": str(CHECKOUT)},
    )
    return done.returncode, done.stdout.splitlines(), done.stderr.splitlines()


def test_a_library_without_a_fault_is_0(content) -> None:
    status, output, _ = run(content, "check", "--skip-drills")
    assert (status, output) == (0, ["Items checked: 15. Drills proved: 0. Problems: 0."])


def test_a_fault_is_1_and_one_line_with_a_path_that_can_be_followed(content) -> None:
    content.change(BANK, "then: [which-axis]", "then: [which-axes]")
    line = (
        f"{BANK}:{content.line(BANK, 'which-axes')}: question 'sqrt-dk': there is no question 'which-axes'; "
    )
    line += "did you mean 'which-axis'?"
    status, output, errors = run(content, "check", "--skip-drills", cwd=content.root)
    assert (status, output, errors) == (1, [line, "Items checked: 15. Drills proved: 0. Problems: 1."], [])
    _, output, _ = run(content, "check", "--skip-drills", language="zh")
    assert output == [f"{content.root}/{line}", "已检查 15 项内容，验证 0 道手撕题，发现 1 处问题。"]


def test_only_the_faults_of_what_was_named_count(content) -> None:
    content.change(BANK, "then: [which-axis]", "then: [which-axes]")
    assert run(content, "check", "papers", "--skip-drills")[0] == 0
    assert run(content, "check", BANK, "--skip-drills")[0] == 1


def test_an_unknown_name_is_2_and_one_sentence(content) -> None:
    status, output, errors = run(content, "check", "dubble")
    assert (status, output) == (2, [])
    assert errors == ["There is no content file or drill 'dubble'. Did you mean double?"]
    assert run(content, "check", "dubble", language="zh")[2] == [
        "没有叫「dubble」的内容文件或手撕题。是不是想找 double？"
    ]


@pytest.mark.parametrize(
    ("tex", "words"),
    [
        ("\\mathrm{softmax}(Q \\nosuchmacro K)", "the terminal has no picture for '\\nosuchmacro'; write it"),
        ("\\frac{Q}{", "cannot be drawn: "),
    ],
)
def test_a_formula_that_no_terminal_can_draw(content, tex: str, words: str) -> None:
    content.change("papers/transformer.yaml", "\\mathrm{softmax}(QK^\\top/\\sqrt{d_k})V", tex)
    status, output, _ = run(content, "check", "papers/transformer.yaml", "--skip-drills")
    line = content.line("papers/transformer.yaml", "tex: |")
    assert status == 1
    assert output[0].startswith(f"{content.root}/papers/transformer.yaml:{line}: paper 'transformer': ")
    assert words in output[0]


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ('{box: FFN, skip: "⊕\\nsum"}', "the label under skip has a line break; write it in one line."),
        ('{grid: {columns: ["0\\n1"], rows: [{cells: [a]}]}}', "a name has a line break"),
        ('{grid: {rows: [{cells: [{en: a, zh: "甲\\n乙"}]}]}}', "a cell has a line break"),
        ('{grid: {rows: [{name: "a\\nb", cells: [c]}]}}', "a cell has a line break"),
    ],
)
def test_a_line_break_would_tear_a_wire_or_a_grid(content, part: str, words: str) -> None:
    content.change(
        "papers/transformer.yaml", "{down: [{text: x}, {box: {en: attention, zh: 注意力}, skip: ⊕}]}", part
    )
    status, output, _ = run(content, "check", "papers", "--skip-drills")
    assert status == 1
    assert output[0].startswith(f"{content.root}/papers/transformer.yaml:")
    assert words in output[0]


def test_a_wide_table_folds_and_is_no_fault(content) -> None:
    content.change("papers/transformer.yaml", '[base, "512"]', f"[{'very wide ' * 20}, '{'9' * 60}']")
    assert run(content, "check", "papers", "--skip-drills")[0] == 0


def test_a_drill_is_proved_by_running_it(content) -> None:
    content.change("solutions/double/mistakes.yaml", '{"2 * x": "3 * x"}', '{"2 * x": "x * 2"}')
    line = content.line("solutions/double/mistakes.yaml", "id: times-3")
    status, output, errors = run(content, "check", "double", "--seeds", "1", cwd=content.root)
    assert (status, errors) == (1, [])
    assert output[0].startswith("double: probes 1, mistakes named 5/6, valid alternatives 2, problems 1, ")
    assert output[1:] == [
        f"solutions/double/mistakes.yaml:{line}: the mistake 'times-3' passes every probe (seed 0); "
        "add a probe that tells it from the reference, or drop it.",
        "Items checked: 8. Drills proved: 1. Problems: 1.",
    ]


def test_a_fault_of_a_probe_is_reported_where_it_is_written(content) -> None:
    probes = (content.root / "drills" / "double" / "probes.py").read_text(encoding="utf-8")
    shape = "return list(impl.double(t.randn(2, 3)).shape)"
    content.write(
        "drills/double/probes.py",
        f'{probes}\n\n@probe(en="Its shape", zh="形状")\ndef only_shape(impl, t: Tools):\n    {shape}\n',
    )
    (proof,) = prove(content.root, ["double"], seeds=1, jobs=1, begun=lambda drill: None)
    assert [(problem.path.name, problem.line) for problem in proof.problems] == [
        ("probes.py", content.line("drills/double/probes.py", "def only_shape"))
    ]
    assert proof.problems[0].mend == "declare no_grad=True"


def test_a_drill_that_cannot_be_run_is_a_fault_of_that_drill(content) -> None:
    content.write(
        "solutions/double/reference.py", "import nothing_of_the_kind\n\n\ndef double(x):\n    return 2 * x\n"
    )
    (proof,) = prove(content.root, ["double"], seeds=1, jobs=1, begun=lambda drill: None)
    (problem,) = proof.problems
    assert problem.path == content.root / "drills" / "double" / "probes.py"
    assert problem.message.startswith("the proof broke off: ") and "nothing_of_the_kind" in problem.message


def test_an_interrupted_check_leaves_no_process_behind(content, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    content.write(
        "solutions/double/reference.py",
        f"import signal\nsignal.alarm(60)\nopened = open({str(pipe)!r}, 'w')\nopened.write('begun')\n"
        "opened.flush()\nsignal.pause()\n\n\ndef double(x):\n    return 2 * x\n",
    )
    with subprocess.Popen(
        [sys.executable, "-m", "llmprep", "content", "check", "double"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=CHECKOUT,
        env=os.environ | {"LLMPREP_CONTENT": str(content.root)},
        start_new_session=True,
    ) as checking:
        with pipe.open() as from_the_proof:
            assert from_the_proof.read(5) == "begun"
            os.kill(checking.pid, signal.SIGINT)
            assert from_the_proof.read() == ""  # whoever held the other end is gone
        assert checking.wait() not in (0, 1)


def test_on_a_terminal_a_bar_shows_what_is_being_proved(content) -> None:
    ours, its = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "llmprep", "content", "check", "double", "--seeds", "1"],
        stdin=its,
        stdout=its,
        stderr=its,
        cwd=CHECKOUT,
        env=os.environ | {"LLMPREP_CONTENT": str(content.root), "TERM": "xterm", "COLUMNS": "80"},
    ) as checking:
        os.close(its)
        shown = b""
        with contextlib.suppress(OSError):  # Linux reports the end of a terminal as an error
            while part := os.read(ours, 65_536):
                shown += part
        os.close(ours)
        assert checking.wait() == 0
    text = shown.decode()
    assert "Proving double" in text and "1/1" in text
    assert "Items checked: 8. Drills proved: 1. Problems: 0." in text


def test_a_drill_that_is_not_complete_is_not_run_and_the_author_is_told(content) -> None:
    (content.root / "solutions" / "double" / "notes.yaml").unlink()
    status, output, _ = run(content, "check", "double")
    assert status == 1
    assert output[-2:] == [
        "Items checked: 7. Drills proved: 0. Problems: 1.",
        "Drills not proved, because something above comes first: 1.",
    ]


def test_new_prints_what_it_made_and_what_comes_next(content) -> None:
    status, output, errors = run(content, "new", "question", "attention/heads")
    assert (status, output) == (0, [str(content.root / BANK)])
    assert errors == [f"Replace every TODO, then: llmprep content check {content.root / BANK}"]
    status, output, errors = run(content, "new", "drill", "layer-norm", language="zh")
    assert status == 0 and len(output) == 7
    assert errors == ["把每个 TODO 换成内容，然后运行：llmprep content check layer-norm"]


@pytest.mark.parametrize(
    ("arguments", "english", "chinese"),
    [
        (("drill", "Layer Norm"), "did you mean layer-norm?", "是不是想写 layer-norm？"),
        (("drill", "double"), "The id 'double' is taken", "id「double」已被使用"),
        (("question", "heads"), "write topic/heads", "主题/heads"),
        (("talk", "x"), "'talk' cannot be made; did you mean drill, question, paper?", "无法新建「talk」"),
        (("paper", "注意力"), "'注意力' is no id", "「注意力」不能作 id"),
    ],
)
def test_new_refuses_in_one_sentence(content, arguments: tuple[str, str], english: str, chinese: str) -> None:
    for language, words in (("en", english), ("zh", chinese)):
        status, output, errors = run(content, "new", *arguments, language=language)
        assert (status, output, len(errors)) == (2, [], 1)
        assert words in errors[0]
