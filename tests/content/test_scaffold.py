"""What `content new` writes is complaint by complaint what its author still has to write, and no more."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from llmprep.content import templates
from llmprep.content.catalogue import Catalogue
from llmprep.content.library import load_library, load_unit
from llmprep.content.scaffold import LONGEST_ID, ScaffoldProblem, scaffold
from llmprep.practice.check import check_content

BANK = "questions/attention.yaml"


def complaints(content) -> list[str]:
    problems = check_content(content.root, load_library(content.root)).problems
    return [str(problem).removeprefix(f"{content.root}/") for problem in problems]


def reason(content, kind: str, name: str) -> tuple[str, dict[str, object]]:
    with pytest.raises(ScaffoldProblem) as caught:
        scaffold(content.root, kind, name)
    return caught.value.reason, caught.value.values


# ---------------------------------------------------------------- what is made


def test_a_drill_is_every_file_that_a_drill_has(content) -> None:
    made = scaffold(content.root, "drill", "layer-norm")
    assert [path.relative_to(content.root).as_posix() for path in made] == [
        "drills/layer-norm/drill.yaml",
        "drills/layer-norm/stub.py",
        "drills/layer-norm/probes.py",
        "solutions/layer-norm/reference.py",
        "solutions/layer-norm/mistakes.yaml",
        "solutions/layer-norm/notes.yaml",
        "tests/oracles/test_layer_norm.py",
    ]
    for path in made:
        if path.suffix == ".py":
            ast.parse(path.read_text(encoding="utf-8"))
    unit = load_unit(made[0])
    assert unit.problems == []
    drill = unit.entries[0].item
    assert drill.names == ("layer_norm",) and drill.order == 2


def test_a_new_drill_lacks_only_what_its_author_has_to_say(content) -> None:
    scaffold(content.root, "drill", "layer-norm")
    said = complaints(content)
    unwritten = [line for line in said if "written yet" in line]
    assert [line for line in said if line not in unwritten] == [
        "drills/layer-norm/drill.yaml:26: drill 'layer-norm': no question follows it; "
        "add then: with what an interviewer asks next.",
        "solutions/layer-norm/mistakes.yaml:1: there are 1 mistakes; write at least six.",
        "solutions/layer-norm/valid:1: there are 0 valid alternatives; "
        "write at least two that look unlike the reference.",
    ]
    assert all(line.endswith("; replace the TODO.") for line in unwritten)
    assert {line.partition(":")[0] for line in unwritten} == {
        "drills/layer-norm/drill.yaml",
        "drills/layer-norm/stub.py",
        "drills/layer-norm/probes.py",
        "solutions/layer-norm/reference.py",
        "solutions/layer-norm/mistakes.yaml",
        "solutions/layer-norm/notes.yaml",
        "tests/oracles/test_layer_norm.py",
    }


def test_a_new_drill_is_not_run_before_it_is_written(content) -> None:
    scaffold(content.root, "drill", "layer-norm")
    assert check_content(content.root, load_library(content.root)).provable == ["double"]


@pytest.mark.parametrize("name", ["lambda", "3d-conv", "none"])
def test_the_function_of_a_drill_is_a_name_in_python(content, name: str) -> None:
    made = scaffold(content.root, "drill", name)
    (function,) = load_unit(made[0]).entries[0].item.names
    assert function.isidentifier() and function not in ("lambda",)
    for path in made:
        if path.suffix == ".py":
            ast.parse(path.read_text(encoding="utf-8"))


def test_a_paper_lacks_only_what_its_author_has_to_say(content) -> None:
    (path,) = scaffold(content.root, "paper", "mixtral")
    assert load_unit(path).entries[0].item.order == 2
    said = complaints(content)
    assert [line for line in said if "is not written yet; replace the TODO." not in line] == [
        "papers/mixtral.yaml:5: paper 'mixtral': the year is 0; write the year it first appeared."
    ]
    assert {line.partition(":")[0] for line in said} == {"papers/mixtral.yaml"}


def test_a_question_in_a_new_topic_makes_its_bank(content) -> None:
    (path,) = scaffold(content.root, "question", "moe/why-experts")
    assert path == content.root / "questions" / "moe.yaml"
    assert [entry.id for entry in load_unit(path).entries] == ["moe", "why-experts"]
    said = complaints(content)
    assert all(line.startswith("questions/moe.yaml:") for line in said)
    assert all(line.endswith("is not written yet; replace the TODO.") for line in said)
    assert len(said) == templates.BANK.count("{en: TODO") + 8


def test_a_question_that_is_written_has_no_complaint(content) -> None:
    (path,) = scaffold(content.root, "question", "moe/why-experts")
    text = path.read_text(encoding="utf-8")
    for todo, written in (
        ("{en: TODO the topic, zh: TODO 主题}", "{en: Experts, zh: 专家混合}"),
        ("TODO the question as an interviewer says it", "Why experts?"),
        ("TODO 面试官的原话", "为什么要用专家？"),
        ("TODO one thing that a full answer contains", "more parameters"),
        ("TODO 完整回答里的一个要点", "参数更多"),
        ("TODO phrases that show it was said, in English and in Chinese", "parameters, 参数"),
        ("TODO another", "the same FLOPs"),
        ("TODO 另一个要点", "计算量不变"),
        ("[TODO]", "[FLOPs, 计算量]"),
        ("TODO the answer as one would say it, 30 to 60 seconds", "More parameters at the same FLOPs."),
        ("TODO 面试时怎么说，30 到 60 秒", "参数更多，计算量不变。"),
        ("TODO the wrong answer that interviewers wait for", "It saves memory."),
        ("TODO 面试官等着你踩的坑", "以为省显存。"),
        ("TODO paper-id §section", "vaswani §1"),
    ):
        assert text.count(todo) == 1
        text = text.replace(todo, written)
    path.write_text(text, encoding="utf-8")
    assert complaints(content) == []
    assert Catalogue.open(content.root).question("why-experts").level == 2


# ---------------------------------------------------------------- adding to a bank


def test_a_question_goes_to_the_end_of_its_bank_and_nothing_else_changes(content) -> None:
    before = (content.root / BANK).read_text(encoding="utf-8")
    scaffold(content.root, "question", "attention/heads")
    after = (content.root / BANK).read_text(encoding="utf-8")
    assert after.startswith(before + "\n  - id: heads\n    ask:\n")
    assert [entry.id for entry in load_unit(content.root / BANK).entries[1:]] == [
        "sqrt-dk", "which-axis", "score-bytes", "heads",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("comments", lambda text: "# about this bank\n" + text.replace("level: 2", "level: 2  # core")),
        ("no line end", lambda text: text.rstrip("\n")),
        ("blank lines", lambda text: text + "\n\n\n"),
        ("last comment", lambda text: text + "# the end\n"),
        (
            "title last",
            lambda text: text[text.index("questions:") :] + "title: {en: Attention, zh: 注意力}\n",
        ),
        ("no indent", lambda text: "\n".join(line.removeprefix("  ") for line in text.split("\n"))),
    ],
)
def test_however_a_bank_is_laid_out(content, name: str, change) -> None:
    text = change((content.root / BANK).read_text(encoding="utf-8"))
    content.write(BANK, text)
    assert load_unit(content.root / BANK).problems == []
    scaffold(content.root, "question", "attention/heads")
    after = (content.root / BANK).read_text(encoding="utf-8")
    ids = [entry.id for entry in load_unit(content.root / BANK).entries[1:]]
    assert ids == ["sqrt-dk", "which-axis", "score-bytes", "heads"]
    found = iter(after.split("\n"))
    assert all(line in found for line in text.split("\n") if line.strip())  # all of it, in its order


def test_windows_line_ends_are_kept(content) -> None:
    path = content.root / BANK
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    scaffold(content.root, "question", "attention/heads")
    after = path.read_bytes()
    assert after.count(b"\r\n") == after.count(b"\n")
    assert load_unit(path).problems == []


def test_the_bank_keeps_its_permissions_and_a_link_to_it_stays_one(content, tmp_path: Path) -> None:
    path = content.root / BANK
    real = tmp_path / "shared" / "questions" / "attention.yaml"
    real.parent.mkdir(parents=True)
    path.rename(real)
    real.chmod(0o664)
    path.symlink_to(real)
    scaffold(content.root, "question", "attention/heads")
    assert path.is_symlink() and "id: heads" in real.read_text(encoding="utf-8")
    assert real.stat().st_mode & 0o777 == 0o664
    assert sorted(entry.name for entry in real.parent.iterdir()) == ["attention.yaml"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("title: {en: T, zh: 题}\nquestions: []\n", "append"),
        ("{title: {en: T, zh: 题}, questions: []}\n", "append"),
        ("title: {en: T, zh: 题}\nquestions:\n", "broken"),
        ("title: [\n", "broken"),
        ("title: T\n", "broken"),
    ],
)
def test_a_bank_that_cannot_be_added_to_stays_as_it_is(content, text: str, why: str) -> None:
    content.write("questions/odd.yaml", text)
    assert reason(content, "question", "odd/new")[0] == why
    assert (content.root / "questions" / "odd.yaml").read_text(encoding="utf-8") == text
    assert [path.name for path in (content.root / "questions").iterdir() if path.name.startswith(".")] == []


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("kind", "name", "right"),
    [
        ("drill", "Layer_Norm", "layer-norm"),
        ("drill", "layer norm!", "layer-norm"),
        ("drill", "../escape", "escape"),
        ("drill", "a/b", "a-b"),
        ("paper", "GPT-4.5", "gpt-4-5"),
        ("question", "moe/Why?", "why"),
        ("question", "Mixture of Experts/why", "mixture-of-experts"),
        ("drill", "x" * (LONGEST_ID + 1), "x" * LONGEST_ID),
    ],
)
def test_what_is_no_id_is_refused_with_the_right_one(content, kind: str, name: str, right: str) -> None:
    why, values = reason(content, kind, name)
    assert (why, values["right"]) == ("id-like", right)


@pytest.mark.parametrize(("kind", "name"), [("drill", ""), ("paper", "注意力"), ("question", "moe/")])
def test_what_cannot_become_an_id_is_refused(content, kind: str, name: str) -> None:
    assert reason(content, kind, name)[0] == "id"


def test_a_question_without_a_topic_and_an_unknown_kind_are_refused(content) -> None:
    assert reason(content, "question", "why-experts") == ("topic", {"name": "why-experts"})
    assert reason(content, "quest", "x") == ("kind", {"kind": "quest", "close": "question"})
    assert reason(content, "model", "x")[1]["close"] == "drill, question, paper"


@pytest.mark.parametrize(
    ("kind", "name", "place"),
    [
        ("drill", "double", ("drills/double/drill.yaml", 1)),
        ("paper", "transformer", ("papers/transformer.yaml", 1)),
        ("question", "attention/which-axis", (BANK, 19)),
        ("question", "elsewhere/which-axis", (BANK, 19)),
    ],
)
def test_an_id_that_is_taken_is_refused_with_its_place(content, kind: str, name: str, place) -> None:
    why, values = reason(content, kind, name)
    assert why == "taken"
    assert (Path(str(values["path"])).relative_to(content.root).as_posix(), values["line"]) == place
    assert content.line(BANK, "id: which-axis") == 19


def test_what_is_there_is_never_overwritten(content) -> None:
    content.write("drills/half/stub.py", "mine\n")
    content.write("papers/broken.yaml", "mine: [\n")
    assert reason(content, "drill", "half")[0] == "exists"
    assert reason(content, "paper", "broken")[0] == "exists"
    assert (content.root / "drills/half/stub.py").read_text(encoding="utf-8") == "mine\n"
    assert (content.root / "papers/broken.yaml").read_text(encoding="utf-8") == "mine: [\n"
    assert not (content.root / "solutions" / "half").exists()


def test_what_an_installed_llmprep_ships_is_not_edited(tmp_path: Path, monkeypatch) -> None:
    with pytest.raises(ScaffoldProblem, match="installed"):
        scaffold(tmp_path / "_content", "paper", "mixtral")
    assert not (tmp_path / "_content").exists()
    monkeypatch.setenv("LLMPREP_CONTENT", str(tmp_path / "_content"))
    assert scaffold(tmp_path / "_content", "paper", "mixtral")[0].exists()


def test_a_folder_of_ones_own_need_not_exist_yet(empty) -> None:
    assert len(scaffold(empty.root, "drill", "mine")) == 6  # no tests/oracles around it
    assert load_unit(empty.root / "drills" / "mine" / "drill.yaml").entries[0].item.order == 1


def test_a_place_that_cannot_be_written_is_named(empty) -> None:
    empty.root.mkdir()
    (empty.root / "papers").write_text("a file where a folder should be", encoding="utf-8")
    why, values = reason(empty, "paper", "mixtral")
    assert why == "unwritable"
    assert str(empty.root / "papers") in str(values["path"])


@pytest.mark.usefixtures("permissions_count")
def test_a_folder_that_may_not_be_written_is_named(empty) -> None:
    empty.root.mkdir()
    empty.root.chmod(0o555)
    why, values = reason(empty, "drill", "x")
    assert (why, values["detail"]) == ("unwritable", "Permission denied")
