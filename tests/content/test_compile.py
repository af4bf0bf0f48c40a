"""A changed file recompiles itself alone; a cache that cannot be used is done without."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from llmprep.content import compile as compiling
from llmprep.content.catalogue import Catalogue

BANK = "questions/attention.yaml"
OTHER = """\
title: {en: Other, zh: 其他}
questions:
  - id: NAME
    ask: {en: What of NAME?, zh: NAME 呢？}
    level: 1
    points: [{en: it is so, zh: 就是这样, any: [so, 这样]}]
    answer: {en: It is so., zh: 就是这样。}
    source: vaswani §1
"""


def bank(name: str) -> str:
    return OTHER.replace("NAME", name)


@pytest.fixture
def compiled(content, monkeypatch):
    """`compiled()` opens the catalogue and gives the files that were parsed for it."""
    parsed: list[str] = []
    parse = compiling._parse_file

    def noted(root: Path, path: str, stamp: str):
        parsed.append(path)
        return parse(root, path, stamp)

    monkeypatch.setattr(compiling, "_parse_file", noted)

    def open_and_tell() -> tuple[Catalogue, list[str]]:
        parsed.clear()
        return Catalogue.open(content.root), sorted(parsed)

    return open_and_tell


def questions(catalogue: Catalogue) -> dict[str, str]:
    """Every question's topic."""
    return {item.id: item.topic for item in catalogue.listed("question")}


def test_everything_is_compiled_once_and_then_nothing(content, compiled) -> None:
    _, first = compiled()
    assert len(first) == 7
    _, second = compiled()
    assert second == []


def test_a_changed_file_is_compiled_alone(content, compiled) -> None:
    compiled()
    content.change(BANK, "Why divide by √d_k?", "Why is there a √d_k?")
    catalogue, parsed = compiled()
    assert parsed == [BANK]
    assert catalogue.question("sqrt-dk").ask.en == "Why is there a √d_k?"
    assert catalogue.place("question", "sqrt-dk").title.en == "Why is there a √d_k?"


def test_a_change_of_size_within_one_tick_of_the_clock_is_seen(content, compiled) -> None:
    path = content.root / BANK
    status = path.stat()
    compiled()
    content.change(BANK, "Why divide by √d_k?", "Why do we divide by √d_k?")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert compiled()[1] == [BANK]


@pytest.mark.parametrize("years", [-30, 30])
def test_a_clock_that_goes_wrong_does_not_matter(content, compiled, years: int) -> None:
    compiled()
    content.change(BANK, "Why divide by", "Why multiply by")
    moment = time.time() + years * 365 * 86_400
    os.utime(content.root / BANK, (moment, moment))
    assert compiled()[1] == [BANK]
    assert compiled()[1] == []


def test_a_file_with_an_older_time_and_the_same_size_is_seen(content, compiled) -> None:
    compiled()
    content.change(BANK, "Why divide by", "Why DIVIDE by")
    os.utime(content.root / BANK, (1_000_000_000, 1_000_000_000))
    assert compiled()[1] == [BANK]


def test_a_removed_file_takes_its_items_along(content, compiled) -> None:
    content.write("questions/other.yaml", bank("a"))
    compiled()
    (content.root / "questions" / "other.yaml").unlink()
    catalogue, parsed = compiled()
    assert parsed == []
    assert not catalogue.has("question", "a") and not catalogue.has("topic", "other")
    assert catalogue.count("question") == 3 and catalogue.count("topic") == 1


def test_a_renamed_bank_is_another_topic(content, compiled) -> None:
    compiled()
    (content.root / BANK).rename(content.root / "questions" / "transformer.yaml")
    catalogue, parsed = compiled()
    assert parsed == ["questions/transformer.yaml"]
    assert questions(catalogue) == dict.fromkeys(("sqrt-dk", "which-axis", "score-bytes"), "transformer")


def test_a_renamed_drill_takes_its_aliases_along(content, compiled) -> None:
    compiled()
    for side in ("drills", "solutions"):
        (content.root / side / "double").rename(content.root / side / "triple")
    catalogue, _ = compiled()
    assert catalogue.resolve("drill", "twice") == "triple"
    assert len(catalogue.mistakes("triple")) == 6 and catalogue.mistakes("double") == ()


@pytest.mark.parametrize(("source", "target"), [("aaa", "zzz"), ("zzz", "aaa")])
def test_a_question_that_moves_to_another_bank_is_not_lost(
    content, compiled, source: str, target: str
) -> None:
    content.write(f"questions/{source}.yaml", bank("moved") + bank("stays").partition("questions:\n")[2])
    content.write(f"questions/{target}.yaml", bank("there"))
    compiled()
    content.write(f"questions/{source}.yaml", bank("stays"))
    content.write(f"questions/{target}.yaml", bank("there") + bank("moved").partition("questions:\n")[2])
    catalogue, parsed = compiled()
    assert len(parsed) == 2
    assert questions(catalogue)["moved"] == target
    assert questions(catalogue)["stays"] == source
    assert catalogue.problems() == []


@pytest.mark.parametrize("newest", ["aaa", "zzz"])
def test_an_id_that_two_banks_claim_belongs_to_the_first_by_name(content, compiled, newest: str) -> None:
    oldest = {"aaa": "zzz", "zzz": "aaa"}[newest]
    content.write(f"questions/{oldest}.yaml", bank("same"))
    compiled()
    content.write(f"questions/{newest}.yaml", bank("same"))
    catalogue, _ = compiled()
    assert questions(catalogue)["same"] == "aaa"
    assert [str(problem).partition("questions/")[2] for problem in catalogue.problems()] == [
        "zzz.yaml:3: the question id 'same' is taken (aaa.yaml:3); choose another id."
    ]
    again = Catalogue.open(content.root)
    assert len(again.problems()) == 1 and again.count("question") == 4


@pytest.mark.parametrize("keeper", ["aaa", "zzz"])
def test_an_id_that_is_given_up_goes_to_the_other_bank(content, compiled, keeper: str) -> None:
    for name in ("aaa", "zzz"):
        content.write(f"questions/{name}.yaml", bank("same"))
    compiled()
    giver = {"aaa": "zzz", "zzz": "aaa"}[keeper]
    content.write(f"questions/{giver}.yaml", bank("mine"))
    catalogue, _ = compiled()
    assert questions(catalogue)["same"] == keeper and questions(catalogue)["mine"] == giver
    assert catalogue.problems() == []


def test_an_id_stays_when_one_of_its_banks_is_removed(content, compiled) -> None:
    for name in ("aaa", "mmm", "zzz"):
        content.write(f"questions/{name}.yaml", bank("same"))
    compiled()
    (content.root / "questions" / "aaa.yaml").unlink()
    catalogue, _ = compiled()
    assert questions(catalogue)["same"] == "mmm"
    assert len(catalogue.problems()) == 1


def test_an_id_twice_in_one_bank_is_the_first(content, compiled) -> None:
    content.write("questions/other.yaml", bank("same") + bank("same").partition("questions:\n")[2])
    catalogue, _ = compiled()
    assert "taken (other.yaml:3)" in str(catalogue.problems()[0])
    assert catalogue.count("question", "other") == 1


def test_a_broken_file_is_left_out_and_comes_back_mended(content, compiled) -> None:
    compiled()
    content.change(BANK, "    level: 1\n", "    level: 7\n")
    catalogue, _ = compiled()
    assert catalogue.count("question") == 0 and catalogue.count("drill") == 1
    assert [problem.line for problem in catalogue.problems()] == [5]
    content.change(BANK, "    level: 7\n", "    level: 1\n")
    catalogue, parsed = compiled()
    assert parsed == [BANK]
    assert catalogue.count("question") == 3 and catalogue.problems() == []


@pytest.mark.usefixtures("permissions_count")
def test_an_unreadable_file_is_a_problem_until_it_is_readable(content, compiled) -> None:
    (content.root / BANK).chmod(0)
    catalogue, _ = compiled()
    assert "Permission denied" in str(catalogue.problems()[0])
    assert catalogue.has("drill", "double")
    (content.root / BANK).chmod(0o644)
    assert compiled()[0].has("question", "sqrt-dk")


@pytest.mark.usefixtures("permissions_count")
def test_an_unreadable_folder_is_a_problem(content, compiled) -> None:
    (content.root / "questions").chmod(0)
    try:
        catalogue, _ = compiled()
    finally:
        (content.root / "questions").chmod(0o755)
    assert [problem.path.name for problem in catalogue.problems()] == ["questions"]
    assert catalogue.has("drill", "double")
    assert compiled()[0].count("question") == 3


# ---------------------------------------------------------------- the cache itself


def cache_of(tmp_path: Path) -> Path:
    (cache,) = (tmp_path / "cache" / "llmprep").glob("*.db")
    return cache


@pytest.mark.parametrize("damage", [b"", b"no database at all" * 100, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_cache_is_made_anew(content, compiled, tmp_path: Path, damage: bytes) -> None:
    compiled()[0].close()
    cache_of(tmp_path).write_bytes(damage)
    catalogue, parsed = compiled()
    assert len(parsed) == 7
    assert catalogue.question("sqrt-dk").level == 1
    catalogue.close()
    assert compiled()[1] == []


def test_a_cut_cache_is_made_anew(content, compiled, tmp_path: Path) -> None:
    compiled()[0].close()
    cache = cache_of(tmp_path)
    cache.write_bytes(cache.read_bytes()[:10_000])
    catalogue, _ = compiled()
    assert sorted(questions(catalogue)) == ["score-bytes", "sqrt-dk", "which-axis"]
    assert catalogue.drill("double").minutes == 5


def test_a_cache_that_is_damaged_while_it_is_open_costs_nothing_but_time(content, tmp_path: Path) -> None:
    for number in range(40):
        content.write(f"questions/bank-{number:02}.yaml", bank(f"q-{number}"))
    Catalogue.open(content.root).close()
    catalogue = Catalogue.open(content.root)
    cache = cache_of(tmp_path)
    size = cache.stat().st_size
    with cache.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (size - 4096))
    assert catalogue.question("q-7").level == 1
    assert catalogue.count("question") == 43
    assert len(list(catalogue.listed("question"))) == 43


def test_a_left_over_journal_of_a_removed_cache_is_no_danger(content, compiled, tmp_path: Path) -> None:
    compiled()[0].close()
    cache = cache_of(tmp_path)
    cache.with_name(cache.name + "-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"\0" * 5000)
    cache.unlink()
    assert compiled()[0].count("question") == 3


def test_where_no_cache_can_be_written_the_catalogue_is_in_memory(content, compiled, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be", encoding="utf-8")
    for _ in range(2):
        catalogue, parsed = compiled()
        assert len(parsed) == 7
        assert catalogue.paper("transformer").year == 2017


@pytest.mark.usefixtures("permissions_count")
def test_a_read_only_cache_is_used_while_it_fits_and_done_without_after(
    content, compiled, tmp_path: Path
) -> None:
    compiled()[0].close()
    folder = tmp_path / "cache" / "llmprep"
    cache_of(tmp_path).chmod(0o444)
    folder.chmod(0o555)
    try:
        catalogue, parsed = compiled()
        assert parsed == [] and catalogue.count("question") == 3
        content.write("questions/other.yaml", bank("new"))
        catalogue, parsed = compiled()
        assert len(parsed) >= 8 and catalogue.count("question") == 4
    finally:
        folder.chmod(0o755)


def test_a_cache_folder_that_is_no_path_is_passed_over(
    content, compiled, monkeypatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "relative/folder")
    monkeypatch.setenv("HOME", str(tmp_path / "home-of-nobody"))
    monkeypatch.chdir(tmp_path)
    assert compiled()[0].count("question") == 3
    assert not (tmp_path / "relative").exists()


def test_two_contents_have_two_caches(content, compiled, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere" / "questions" / "b.yaml"
    other.parent.mkdir(parents=True)
    other.write_text(bank("elsewhere"), encoding="utf-8")
    first, second = Catalogue.open(content.root), Catalogue.open(tmp_path / "elsewhere")
    assert first.count("question") == 3 and second.count("question") == 1
    assert len(list((tmp_path / "cache" / "llmprep").glob("*.db"))) == 2


def test_a_root_is_the_same_however_it_is_written(content, compiled, monkeypatch, tmp_path: Path) -> None:
    compiled()
    monkeypatch.chdir(content.root.parent)
    assert Catalogue.open(Path("content")).count("question") == 3
    assert len(list((tmp_path / "cache" / "llmprep").glob("*.db"))) == 1


def test_the_cache_of_another_version_is_left_for_a_day_and_then_removed(
    content, compiled, tmp_path: Path
) -> None:
    compiled()[0].close()
    cache = cache_of(tmp_path)
    content_part = cache.name.rpartition("-")[0]
    fresh, old = (cache.with_name(f"{content_part}-{name}.db") for name in ("fresh", "old"))
    unrelated = cache.with_name("catalogue-000000000000-old.db")
    for path in (fresh, old, unrelated):
        path.write_bytes(b"x")
    for path in (old, unrelated):
        os.utime(path, (time.time() - 2 * 86_400,) * 2)
    cache.unlink()
    compiled()
    assert cache.exists() and fresh.exists() and unrelated.exists() and not old.exists()


PROGRAM = """
import sys
from pathlib import Path
from llmprep.content.catalogue import Catalogue
catalogue = Catalogue.open(Path(sys.argv[1]))
print(catalogue.count("question"), len(list(catalogue.ordered_ids("question"))), len(catalogue.problems()))
"""


def test_programs_that_start_at_once_all_find_everything(content, tmp_path: Path) -> None:
    for number in range(60):
        content.write(f"questions/bank-{number:02}.yaml", bank(f"q-{number}"))
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(content.root)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parent.parent.parent,
        )
        for _ in range(4)
    ]
    results = [program.communicate() for program in programs]
    assert [(out.strip(), err) for out, err in results] == [("63 63 0", "")] * 4
    with sqlite3.connect(cache_of(tmp_path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_cache_that_another_program_writes_is_waited_for(content, compiled, tmp_path: Path) -> None:
    compiled()[0].close()
    content.write("questions/other.yaml", bank("new"))
    code = "import sqlite3, sys\nc = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
    code += "c.execute('BEGIN EXCLUSIVE')\nprint('locked', flush=True)\n"
    code += "sys.stdin.readline()\nc.execute('COMMIT')\n"
    with subprocess.Popen(
        [sys.executable, "-c", code, str(cache_of(tmp_path))],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as locker:  # fmt: skip
        assert locker.stdout is not None and locker.stdin is not None
        assert locker.stdout.readline() == "locked\n"
        with subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(content.root)],
            stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parent.parent.parent,
        ) as waiting:  # fmt: skip
            locker.stdin.write("\n")
            locker.stdin.flush()
            assert waiting.stdout is not None
            assert waiting.stdout.read() == "4 4 0\n"
    assert compiled()[1] == []


def test_an_interrupted_compilation_leaves_the_old_catalogue(content, compiled, monkeypatch) -> None:
    compiled()[0].close()
    content.write("questions/other.yaml", bank("new"))

    def interrupted(*arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(compiling, "_write", interrupted)
        with pytest.raises(KeyboardInterrupt):
            Catalogue.open(content.root)
    catalogue, parsed = compiled()
    assert parsed == ["questions/other.yaml"]
    assert catalogue.count("question") == 4


def test_progress_tells_how_many_files_of_how_many(content) -> None:
    told: list[tuple[int, int]] = []
    Catalogue.open(content.root, progress=lambda done, total: told.append((done, total)))
    assert told == [(done, 7) for done in range(8)]
    told.clear()
    Catalogue.open(content.root, progress=lambda done, total: told.append((done, total)))
    assert told == []
