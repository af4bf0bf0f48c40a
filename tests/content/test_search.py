"""Searching all content: Chinese without spaces, both spellings, beginnings of words; changes are found."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from llmprep.content import full_text
from llmprep.content.catalogue import Catalogue


def ids(catalogue: Catalogue, words: str) -> list[str]:
    return [hit.id for hit in catalogue.search(words)]


@pytest.fixture(scope="module")
def ours() -> Catalogue:
    return Catalogue.open()


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("缩放 注意力", "sqrt-dk"),
        ("为什么除以", "sqrt-dk"),
        ("ＬｏＲＡ", "lora"),
        ("quantization", "int8-quantisation"),
        ("quantisation", "int8-quantisation"),
        ("multi-head attention", "multi-head-attention"),
        ("speculat decod", "speculative-decoding"),
        ("正弦", "sinusoidal-encoding"),
    ],
)
def test_what_is_looked_for_is_found(ours: Catalogue, words: str, wanted: str) -> None:
    assert wanted in ids(ours, words)


def test_all_words_come_before_some(ours: Catalogue) -> None:
    hits = ours.search("GPTQ 海森矩阵", limit=5) or ours.search("KV cache 海森矩阵", limit=5)
    assert hits  # no item has all of these words: some of them are better than nothing
    assert ours.search("， 。？") == []
    assert ours.search("qqqqzzzz") == []


@pytest.mark.parametrize("words", ['"', "a AND", "NEAR(", "title:", "x*", "-y", "(", "'; DROP TABLE items"])
def test_no_query_is_a_syntax_error(ours: Catalogue, words: str) -> None:
    ours.search(words)
    assert ours.count("question") > 0


def test_every_run_of_chinese_characters_is_found_where_it_stands(ours: Catalogue) -> None:
    draw = random.Random(7)
    listed = list(ours.listed("question"))
    for item in draw.sample(listed, 60):
        text = "".join(character for character in item.title.zh if "\u3400" <= character <= "\u9fff")
        runs = [run for run in full_text.pieces(item.title.zh) if run[0] >= "\u3400" and len(run) >= 2]
        if not text or not runs:
            continue
        run = draw.choice(runs)
        start = draw.randrange(len(run) - 1)
        part = run[start : start + draw.randint(2, 5)]
        found = [hit.id for hit in ours.search(part, limit=5000)]
        assert item.id in found, part


def test_a_changed_file_is_found_anew(tmp_path: Path, write_bank: Callable[[Path, str], None]) -> None:
    root = tmp_path / "content"
    write_bank(root / "questions" / "one.yaml", "zebra")
    assert ids(Catalogue.open(root), "zebra") == ["q-one"]
    write_bank(root / "questions" / "one.yaml", "giraffe")
    again = Catalogue.open(root)
    assert ids(again, "zebra") == []
    assert ids(again, "giraffe") == ["q-one"]
    (root / "questions" / "one.yaml").unlink()
    write_bank(root / "questions" / "two.yaml", "gnu")
    assert ids(Catalogue.open(root), "giraffe") == []


def test_own_folders_join_and_never_replace(tmp_path: Path, write_bank: Callable[[Path, str], None]) -> None:
    root, own = tmp_path / "content", tmp_path / "mine"
    write_bank(root / "questions" / "one.yaml", "zebra")
    write_bank(own / "questions" / "one.yaml", "giraffe")
    write_bank(own / "questions" / "more.yaml", "gnu")
    (own / "questions" / "broken.yaml").write_text("title: [", "utf-8")
    catalogue = Catalogue.open(root, own=[own, tmp_path / "missing"])
    assert ids(catalogue, "zebra") == ["q-one"]
    assert ids(catalogue, "giraffe") == []
    assert ids(catalogue, "gnu") == ["q-more"]
    told = [(problem.path, problem.message.partition(" ")[0]) for problem in catalogue.problems()]
    assert (own / "questions" / "one.yaml", "the") in told
    assert own / "questions" / "broken.yaml" in [path for path, _ in told]
    assert ids(Catalogue.open(root), "gnu") == []


@pytest.fixture
def write_bank(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[Path, str], None]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    def write(path: Path, word: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            f"title: {{en: {path.stem}, zh: 题}}\nquestions:\n"
            f"  - id: q-{path.stem}\n"
            f"    ask: {{en: What is a {word}?, zh: 什么是 {word}？}}\n"
            "    level: 1\n"
            "    points: [{en: animal, zh: 动物, any: [animal, 动物]}]\n"
            "    answer: {en: An animal., zh: 一种动物。}\n"
            "    source: nobody §1\n",
            "utf-8",
        )

    return write
