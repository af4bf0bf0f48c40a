"""`llmprep import`: another machine's log, and questions from other programs."""

from __future__ import annotations

import csv
import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from llmprep.content.catalogue import Catalogue
from llmprep.content.items import Question
from llmprep.content.library import load_library
from llmprep.content.links import Links
from llmprep.content.locate import content_root
from llmprep.content.question_rules import question_findings
from llmprep.memory.records import Rating
from llmprep.memory.settings import load_settings
from llmprep.memory.store import Store, open_store
from llmprep.practice.import_markdown import pairs_of

Command = Callable[..., Any]
CARDS: tuple[tuple[str, Rating], ...] = (
    ("question/sqrt-dk", 3),
    ("drill/attention", 1),
    ("question/sqrt-dk", 4),
)


@pytest.fixture(autouse=True)
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Some of our content, in a folder of its own."""
    target = tmp_path / "content"
    for file in ("questions/transformer.yaml", "papers/transformer.yaml", "papers/references.yaml"):
        (target / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(content_root() / file, target / file)
    for model in (content_root() / "models").glob("*.yaml"):
        (target / "models").mkdir(exist_ok=True)
        shutil.copy(model, target / "models" / model.name)
    monkeypatch.setenv("LLMPREP_CONTENT", str(target))
    monkeypatch.chdir(tmp_path)
    return target


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Moves on to another machine: another folder of the learner's, and content without our questions."""

    def move() -> None:
        other = tmp_path / "other-content"
        (other / "questions").mkdir(parents=True)
        (other / "questions" / "other.yaml").write_text(
            "title: {en: Other, zh: 别的}\nquestions:\n  - id: other\n    ask: {en: Which?, zh: 哪个？}\n"
            "    level: 1\n    points: [{en: this, zh: 这个, any: [this, 这个]}]\n"
            "    answer: {en: This one., zh: 这个。}\n    source: other §1\n",
            "utf-8",
        )
        monkeypatch.setenv("LLMPREP_CONTENT", str(other))
        monkeypatch.setenv("LLMPREP_HOME", str(tmp_path / "other-home"))

    return move


def own_questions() -> dict[str, Question]:
    """Every question of the learner's own content, through the catalogue."""
    own = [Path(folder) for folder in load_settings().content_dirs]
    catalogue = Catalogue.open(own=own)
    try:
        assert catalogue.problems() == []
        ours = {entry.id for unit in load_library(catalogue.root) for entry in unit.entries}
        return {
            name: catalogue.question(name) for name in catalogue.ordered_ids("question") if name not in ours
        }
    finally:
        catalogue.close()


def faults() -> list[str]:
    """What `content check` would say of the learner's own questions."""
    roots = [content_root(), *map(Path, load_settings().content_dirs)]
    links = Links([unit for root in roots for unit in load_library(root)])
    return [finding.message for one in own_questions().values() for finding in question_findings(one, links)]


# ---------------------------------------------------------------- tables


@pytest.mark.parametrize("languages", ["en", "zh", "both"])
def test_an_exported_table_comes_back_as_it_was(
    llmprep: Command, elsewhere: Callable[[], None], languages: str, tmp_path: Path
) -> None:
    assert llmprep("export", "csv", "--lang", languages).status == 0
    rows = list(csv.DictReader((tmp_path / "llmprep.csv").open(encoding="utf-8-sig", newline="")))
    elsewhere()
    done = llmprep("import", "questions", "llmprep.csv", "--lang", "en")
    assert (done.status, done.err) == (0, "")
    assert f"Questions taken in: {len(rows)}" in done.out
    found = own_questions()
    assert list(found.keys() - {row["id"] for row in rows}) == []
    for row in rows:
        question = found[row["id"]]
        assert question.level == int(row["level"]) and question.answer is not None
        for language in ("en", "zh"):
            suffix = f"_{language}" if languages == "both" else ""
            assert question.ask[language] == row[f"question{suffix}"]
            assert question.answer[language] == row[f"answer{suffix}"]
            assert (question.trap[language] if question.trap else "") == row[f"trap{suffix}"]
            if row["points" + suffix]:
                assert "\n".join(point[language] for point in question.points) == row[f"points{suffix}"]
    again = llmprep("import", "questions", "llmprep.csv", "--lang", "en")
    assert again.status == 0
    assert again.out.startswith("No new question in 'llmprep.csv'.\nLeft out: ")


def test_what_is_ours_already_stays_out_and_what_was_edited_comes_in(
    llmprep: Command, home: Path, tmp_path: Path
) -> None:
    llmprep("export", "csv", "--lang", "zh")
    done = llmprep("import", "questions", "llmprep.csv", "--lang", "zh")
    assert "没有新题" in done.out and "道（第一条：第 2 行）" in done.out
    assert not home.exists(), "nothing is made for nothing"
    edited = (tmp_path / "llmprep.csv").read_text("utf-8-sig").replace("√d_k？", "√d_k 呢？", 1)
    (tmp_path / "edited.csv").write_text(edited, "utf-8")
    done = llmprep("import", "questions", "edited.csv", "--lang", "en")
    assert "Questions taken in: 1" in done.out and "under another id" in done.out
    [(name, question)] = own_questions().items()
    assert name.startswith("own-") and "√d_k 呢？" in question.ask.zh


def test_another_table_is_understood(llmprep: Command, home: Path, tmp_path: Path) -> None:
    text = (
        "编号;问题;答案;备注\n"
        "1;什么是 PagedAttention？;把 KV cache 分成固定大小的块。块表记录逻辑块到物理块的映射。;x\n"
        "2;只有问题？;;\n"
        ";;只有答案;\n"
        '3;"两行\n问题";" 因为 ""这样"" "\n'
    )
    (tmp_path / "我的 题.csv").write_bytes(text.encode("gb18030"))
    done = llmprep("import", "questions", "我的 题.csv", "--lang", "zh")
    assert (done.status, done.err) == (0, "")
    bank = home / "content" / "questions" / "我的-题.yaml"
    assert "已导入 2 道" in done.out and bank.exists()
    assert "没有问题 1 条（第一条：第 4 行）" in done.out and "没有答案 1 条（第一条：第 3 行）" in done.out
    found = own_questions()
    assert list(found) == ["own-1", "own-3"]
    assert found["own-3"].ask.zh == found["own-3"].ask.en == "两行\n问题"
    assert found["own-3"].answer is not None and found["own-3"].answer.zh == '因为 "这样"'
    first = found["own-1"]
    assert [point.zh for point in first.points] == [
        "把 KV cache 分成固定大小的块。", "块表记录逻辑块到物理块的映射。",
    ]  # fmt: skip
    assert first.source == "我的-题" and faults() == []
    assert "PagedAttention" in llmprep("quiz", "own-1", "--lang", "zh").out


def test_a_bank_that_is_there_is_never_overwritten(llmprep: Command, home: Path, tmp_path: Path) -> None:
    home.mkdir()
    (home / "config.toml").write_text('new_per_day = 3 # mine\ncontent_dirs = ["/gone"]\n', "utf-8")
    for number in range(2):
        (tmp_path / "transformer.csv").write_text(
            f"question,answer\nWhat is number {number}?,It is {number}.\n"
        )
        assert llmprep("import", "questions", "transformer.csv").status == 0
    banks = home / "content" / "questions"
    assert sorted(path.name for path in banks.iterdir()) == ["transformer-2.yaml", "transformer-3.yaml"]
    references = (home / "content" / "papers" / "references.yaml").read_text("utf-8")
    assert references.count("- {id: ") == 2
    config = (home / "config.toml").read_text("utf-8")
    assert "new_per_day = 3 # mine\n" in config
    assert load_settings().content_dirs == ("/gone", str(home / "content"))


@pytest.mark.parametrize(
    "answer", ["\\frac{a}{b} \x0c\x1b[31m", 'a "b": {c} # d\n- e\n', "’\u2028\ufeff\x85 …", "{{c1}} @x `y"]
)
def test_no_text_breaks_the_bank(llmprep: Command, tmp_path: Path, answer: str) -> None:
    with (tmp_path / "odd.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["question", "answer", "points"], ["no: [", answer, f"{answer}\nnull"]])
    assert llmprep("import", "questions", "odd.csv").status == 0
    [question] = own_questions().values()
    assert question.ask.en == "no: [" and question.answer is not None and question.answer.en


# ---------------------------------------------------------------- Markdown and Anki


def test_markdown_with_headings(llmprep: Command, tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text(
        "# 主题\nnot a question\n## What is **LoRA**?\nA low-rank update.\n\n### Why\n"
        "It is *cheap*: `B` is 0.\n```python\n## not a heading\nx = 1\n```\n"
        "## Empty?\n\n# Next\n## 什么是 RoPE？\n旋转位置编码。\n",
        "utf-8",
    )
    done = llmprep("import", "questions", "notes.md", "--lang", "en")
    assert "Questions taken in: 2" in done.out
    assert "without an answer: 1 (first: line 12)" in done.out
    found = {question.ask.en: question for question in own_questions().values()}
    assert list(found) == ["What is LoRA?", "什么是 RoPE？"]
    answer = found["What is LoRA?"].answer
    assert answer is not None
    assert answer.en == ("A low-rank update.\n\n### Why\nIt is cheap: `B` is 0.\n## not a heading\nx = 1")
    assert faults() == []


def test_markdown_with_letters(tmp_path: Path) -> None:
    file = tmp_path / "qa.md"
    file.write_text(
        "preface\n\n**Q:** What is it?\nreally\n**A:** It.\n\nmore\nQ2: And?\nAnswer: So\na: b\n"
        "问：什么？\n答：这个\n",
        "utf-8",
    )
    pairs = [(pair.question.en, pair.answer.en, pair.number) for pair in pairs_of(file)]
    assert pairs == [
        ("What is it?\nreally", "It.\n\nmore", 3),
        ("And?", "So\na: b", 8),
        ("什么？", "这个", 11),
    ]


def test_what_we_wrote_as_markdown_or_for_anki_is_known(llmprep: Command, home: Path) -> None:
    pytest.importorskip("genanki")
    for form, file in (("markdown", "llmprep.md"), ("anki", "llmprep.apkg")):
        for languages in ("zh", "both"):
            assert llmprep("export", form, "--lang", languages, "--force").status == 0
            done = llmprep("import", "questions", file, "--lang", "en")
            assert done.out.startswith("No new question"), done.out
    assert not (home / "content").exists()


def test_an_anki_package_of_ones_own(llmprep: Command, tmp_path: Path) -> None:
    genanki = pytest.importorskip("genanki")
    deck = genanki.Deck(1_234_567_890, "LLM")
    deck.add_note(
        genanki.Note(
            genanki.BASIC_MODEL, ["Why <b>KV&nbsp;cache</b>?[sound:a.mp3]", "So:<br><code>k</code> &lt; 2"]
        )
    )
    deck.add_note(
        genanki.Note(genanki.CLOZE_MODEL, ["RoPE rotates {{c1::queries::what}} and {{c2::keys}}.", ""])
    )
    deck.add_note(genanki.Note(genanki.BASIC_MODEL, ["No answer?", " "]))
    genanki.Package([deck]).write_to_file(str(tmp_path / "deck.apkg"))
    done = llmprep("import", "questions", "deck.apkg", "--lang", "en")
    assert "Questions taken in: 2" in done.out and "without an answer: 1 (first: note 3)" in done.out
    found = {question.ask.en: question.answer.en for question in own_questions().values() if question.answer}
    assert found == {
        "Why KV cache?": "So:\n`k` < 2",
        "RoPE rotates [what] and […].": "RoPE rotates queries and keys.",
    }


def test_a_package_that_anki_wrote(llmprep: Command, tmp_path: Path) -> None:
    anki = pytest.importorskip("anki.collection")
    collection = anki.Collection(str(tmp_path / "collection.anki2"))
    note = collection.new_note(collection.models.by_name("Basic"))
    note["Front"], note["Back"] = "What does <i>Anki</i> write?", "This."
    collection.add_note(note, collection.decks.id("Mine"))
    for name, legacy in (("old.apkg", True), ("new.apkg", False)):
        options = anki.ExportAnkiPackageOptions(with_scheduling=False, with_media=False, legacy=legacy)
        collection.export_anki_package(out_path=str(tmp_path / name), options=options, limit=None)
    collection.close()
    assert "Questions taken in: 1" in llmprep("import", "questions", "old.apkg", "--lang", "en").out
    assert [question.ask.en for question in own_questions().values()] == ["What does Anki write?"]
    done = llmprep("import", "questions", "new.apkg", "--lang", "en")
    assert done.status == 3 and "Support older Anki versions" in done.err


def test_our_own_package_brings_ids_and_texts(
    llmprep: Command, elsewhere: Callable[[], None], tmp_path: Path
) -> None:
    pytest.importorskip("genanki")
    catalogue = Catalogue.open()
    known = {name: catalogue.question(name) for name in catalogue.ordered_ids("question")}
    catalogue.close()
    llmprep("export", "anki", "--lang", "both")
    elsewhere()
    assert llmprep("import", "questions", "llmprep.apkg").status == 0
    found = own_questions()
    assert known.keys() <= found.keys(), "and the formulas, which are not known there"
    for name, question in known.items():
        assert found[name].level == question.level
        if question.kind == "open":
            assert (found[name].ask, found[name].answer, found[name].trap) == (
                question.ask, question.answer, question.trap,
            )  # fmt: skip
            assert [point.zh for point in found[name].points] == [point.zh for point in question.points]


def packed(path: Path, name: str, content: bytes) -> None:
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(name, content)


@pytest.mark.parametrize(
    ("name", "make", "said"),
    [
        ("gone.csv", None, "cannot be read (No such file or directory)"),
        ("folder.md", lambda path: path.mkdir(), "cannot be read"),
        ("x.docx", lambda path: path.write_text("x"), "is no CSV, Anki package or Markdown file"),
        ("x.csv", lambda path: path.write_text("title,body\na,b\n"), "no column for question (its first"),
        ("x.csv", lambda path: path.write_text("question\na\n"), "no column for answer"),
        ("x.csv", lambda path: path.write_text(""), "no column for question (its first line says: -)"),
        ("x.csv", lambda path: path.write_text('question,answer\na,"b\n'), "Line 2 of 'x.csv' is no CSV"),
        ("x.csv", lambda path: path.write_bytes(b"question,answer\n\xff\xff,b\n"), "is no text in UTF-8"),
        ("x.md", lambda path: path.write_text("words\n"), "has no question: write '## question'"),
        ("x.md", lambda path: path.write_bytes(b"## a\n\xff"), "is no text in UTF-8"),
        ("x.apkg", lambda path: path.write_bytes(b"PK not a zip"), "is no Anki package"),
        ("x.apkg", lambda path: packed(path, "readme", b""), "is no Anki package"),
        ("x.apkg", lambda path: packed(path, "collection.anki2", b"x" * 5000), "is no Anki package"),
        ("x.apkg", lambda path: packed(path, "collection.anki21b", b"x"), "new compressed form"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_told_in_one_sentence(
    llmprep: Command, home: Path, tmp_path: Path, name: str, make: Callable[[Path], Any] | None, said: str
) -> None:
    if make is not None:
        make(tmp_path / name)
    done = llmprep("import", "questions", name, "--lang", "en")
    assert (done.status, done.out) == (3, "")
    assert said in done.err
    assert done.err.count("\n") == 1
    assert not home.exists()


# ---------------------------------------------------------------- progress


@pytest.fixture
def store(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A learner who answered three times."""
    with open_store(load_settings()) as opened:
        for hour, (card, rating) in enumerate(CARDS, 18):
            monkeypatch.setenv("LLMPREP_NOW", f"2026-11-22T{hour}:00")
            opened.record_review(card, 1, rating, {"answer": "因为方差是 d_k"})
        yield opened


def test_progress_moves_to_another_machine(
    llmprep: Command, store: Store, elsewhere: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    done = llmprep("export", "progress", "--lang", "en")
    assert done.status == 0 and "(entries: 3)" in done.out
    before = store.states()
    elsewhere()
    with open_store(load_settings()) as other:
        monkeypatch.setenv("LLMPREP_NOW", "2026-11-21T20:00")
        other.record_review("question/kv", 1, 3, {})
        done = llmprep("import", "progress", "llmprep-progress.jsonl", "--lang", "en")
        assert (done.status, done.err) == (0, "")
        assert done.out == "Entries taken in: 3; here already: 0. Cards scheduled anew: 3.\n"
        assert [state for state in other.states() if state.card != "question/kv"] == before
        assert [event.card for event in other.events()] == ["question/kv", *(card for card, _ in CARDS)]
        done = llmprep("import", "progress", "llmprep-progress.jsonl", "--lang", "zh")
        assert done.out == "新增 0 条学习记录，3 条原本就有；已重新安排 3 张卡片。\n"
        assert len(list(other.events())) == 4


def test_a_file_that_is_wrong_changes_nothing(llmprep: Command, store: Store, tmp_path: Path) -> None:
    llmprep("export", "progress")
    file = tmp_path / "llmprep-progress.jsonl"
    lines = file.read_text("utf-8").splitlines()
    edited = json.dumps({**json.loads(lines[2]), "rating": 4})
    before = [(event.id, event.uuid) for event in store.events()]
    for text, said in [
        ("\n".join(lines[:3]) + "\n", "ends at line 3 with 2 of 3 entries"),
        ("\n".join([*lines[:2], "{", *lines[3:]]), "Line 3 of 'llmprep-progress.jsonl' is no entry of a log"),
        (
            "question,answer\n",
            "Line 1 of 'llmprep-progress.jsonl' is not what llmprep export progress writes",
        ),
        ("", "Line 1 of"),
        ("\n".join([*lines[:2], edited, lines[3]]), "Line 3 of 'llmprep-progress.jsonl' tells otherwise"),
    ]:
        file.write_text(text, "utf-8")
        done = llmprep("import", "progress", file.name, "--lang", "en")
        assert (done.status, done.out) == (3, "")
        assert said in done.err and "nothing was imported" in done.err
        assert done.err.count("\n") == 1
    done = llmprep("import", "progress", "gone.jsonl", "--lang", "zh")
    assert (done.status, done.err) == (
        3,
        "无法读取「gone.jsonl」（No such file or directory）：请换一个文件。\n",
    )
    assert [(event.id, event.uuid) for event in store.events()] == before
