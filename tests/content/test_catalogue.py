"""The catalogue finds what was written, by id, alias or topic, in the order in which it is best met."""

from __future__ import annotations

import sqlite3

import pytest

from llmprep.content import items
from llmprep.content.catalogue import FIRST_PAGE, PAGE, Catalogue, UnknownName


@pytest.fixture
def catalogue(content):
    opened = Catalogue.open(content.root)
    yield opened
    opened.close()


def many(count: int) -> str:
    """A bank of `count` choice questions, the hardest first."""
    questions = "".join(
        f"  - id: q-{n:04}\n    ask: {{en: Question {n}?, zh: 第 {n} 题？}}\n    level: {3 - n % 3}\n"
        "    choices:\n      - {en: a, zh: 甲, right: true}\n"
        "      - {en: b, zh: 乙, why: {en: No., zh: 不。}}\n"
        "      - {en: c, zh: 丙, why: {en: No., zh: 不。}}\n"
        "    source: vaswani §1\n"
        for n in range(count)
    )
    return "title: {en: Many, zh: 很多}\nquestions:\n" + questions


def test_everything_is_found_by_kind_and_id(catalogue) -> None:
    assert catalogue.question("sqrt-dk").points[1].any == ("saturate", "饱和")
    assert catalogue.question("which-axis").kind == "choice"
    assert catalogue.question("score-bytes").vary == {"heads": (8, 16), "tokens": (1024, 4096)}
    assert catalogue.paper("transformer").beats[2].seconds == 120
    assert catalogue.drill("double").names == ("double",)
    assert catalogue.notes("double").compared == "torch.add"
    assert [mistake.id for mistake in catalogue.mistakes("double")] == [
        "times-0", "times-1", "times-3", "times-4", "times-5", "times-6",
    ]  # fmt: skip
    assert catalogue.models()["base"].head_width == 64
    assert catalogue.has("reference", "vaswani") and not catalogue.has("question", "vaswani")
    assert catalogue.problems() == []


def test_a_list_goes_by_level_then_by_the_authors_order(content) -> None:
    content.write("questions/many.yaml", many(7))
    catalogue = Catalogue.open(content.root)
    assert list(catalogue.ordered_ids("question", "many")) == [
        "q-0002", "q-0005", "q-0001", "q-0004", "q-0000", "q-0003", "q-0006",
    ]  # fmt: skip
    listed = list(catalogue.listed("question", "attention"))
    assert [(item.id, item.level, item.topic) for item in listed] == [
        ("sqrt-dk", 1, "attention"), ("which-axis", 2, "attention"), ("score-bytes", 3, "attention"),
    ]  # fmt: skip
    assert listed[0].title == items.Text("Why divide by √d_k?", "为什么除以 √d_k？")
    assert listed[0].revision == 1


@pytest.mark.parametrize(
    "count",
    [1, FIRST_PAGE - 1, FIRST_PAGE, FIRST_PAGE + 1, FIRST_PAGE + PAGE, FIRST_PAGE + PAGE + 1, 3 * PAGE],
)
def test_a_list_over_several_pages_has_everything_once(content, count: int) -> None:
    content.write("questions/many.yaml", many(count))
    catalogue = Catalogue.open(content.root)
    ids = list(catalogue.ordered_ids("question", "many"))
    assert sorted(ids) == [f"q-{n:04}" for n in range(count)]
    assert [item.id for item in catalogue.listed("question", "many")] == ids
    assert [int(name[2:]) % 3 for name in ids] == sorted((int(name[2:]) % 3 for name in ids), reverse=True)
    assert catalogue.count("question", "many") == count
    assert catalogue.count("question") == count + 3
    assert len(list(catalogue.listed("question"))) == count + 3


def test_a_list_that_is_half_read_keeps_nobody_from_renewing_the_cache(content) -> None:
    content.write("questions/many.yaml", many(2 * PAGE))
    reading = Catalogue.open(content.root)
    begun = reading.listed("question")
    next(begun)
    content.change("questions/attention.yaml", "Why divide by √d_k?", "Why is there a √d_k?")
    other = Catalogue.open(content.root)
    assert other.question("sqrt-dk").ask.en == "Why is there a √d_k?"
    assert reading.question("sqrt-dk").ask.en == "Why is there a √d_k?"  # the same file: it was renewed
    assert len(list(begun)) == 2 * PAGE + 2


@pytest.mark.parametrize("name", ["double", "Double", " DOUBLE ", "twice", "Twice"])
def test_a_drill_is_meant_by_id_alias_or_another_spelling(catalogue, name: str) -> None:
    assert catalogue.resolve("drill", name) == "double"


def test_spaces_and_underscores_are_hyphens(content) -> None:
    content.change("drills/double/drill.yaml", "aliases: [twice]", "aliases: [Two Times_x]")
    content.change("questions/attention.yaml", "- id: score-bytes", "- id: bytes")
    catalogue = Catalogue.open(content.root)
    for name in ("two-times-x", "two times x", "TWO_TIMES_X"):
        assert catalogue.resolve("drill", name) == "double"
    assert catalogue.resolve("question", "sqrt_dk") == "sqrt-dk"


@pytest.mark.parametrize(
    ("kind", "name", "close"),
    [
        ("drill", "dubble", ["double"]),
        ("drill", "twise", ["twice"]),
        ("question", "sqrt", ["sqrt-dk"]),
        ("paper", "transformers", ["transformer"]),
        ("topic", "attn", ["attention"]),
        ("topic", "moe", []),
        ("paper", "", []),
    ],
)
def test_an_unknown_name_comes_with_those_it_may_mean(
    catalogue, kind: str, name: str, close: list[str]
) -> None:
    with pytest.raises(UnknownName) as caught:
        catalogue.resolve(kind, name)
    assert (caught.value.kind, caught.value.name, caught.value.close[:1]) == (kind, name, close)


@pytest.mark.parametrize("find", ["question", "drill", "paper", "notes"])
def test_asking_for_what_is_not_there_names_it(catalogue, find: str) -> None:
    with pytest.raises(UnknownName, match=f"there is no {find} 'nothing'"):
        getattr(catalogue, find)("nothing")
    with pytest.raises(UnknownName):
        catalogue.place(find, "nothing")


def test_no_content_at_all_is_an_empty_catalogue(empty) -> None:
    catalogue = Catalogue.open(empty.root)
    assert catalogue.count("question") == 0
    assert list(catalogue.listed("drill")) == []
    assert catalogue.models() == {}


def test_a_list_is_read_from_an_index_and_never_sorted(catalogue) -> None:
    plans = []
    catalogue._connection.set_trace_callback(lambda query: plans.append(query))
    next(catalogue.listed("question"))
    next(catalogue.listed("question", "attention"))
    catalogue._connection.set_trace_callback(None)
    assert len(plans) == 2
    for query in plans:
        steps = catalogue._connection.execute(f"EXPLAIN QUERY PLAN {query}").fetchall()
        assert all("USING INDEX" in step[3] for step in steps), steps


def test_the_cache_is_a_plain_sqlite_file_of_this_content_and_version(content, tmp_path) -> None:
    Catalogue.open(content.root).close()
    Catalogue.open(content.root).close()
    (cache,) = (tmp_path / "cache" / "llmprep").iterdir()
    with sqlite3.connect(cache) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
