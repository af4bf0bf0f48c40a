"""`llmprep export`: what other programs make of the files."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from llmprep.content.catalogue import Catalogue
from llmprep.content.locate import content_root
from llmprep.practice.export_anki import deck_id
from llmprep.practice.export_book_page import SCRIPT

Command = Callable[..., Any]
FILES = (
    "questions/transformer.yaml", "questions/serving.yaml", "papers/transformer.yaml",
    "papers/lora.yaml", "papers/references.yaml", "models/llama.yaml", "models/qwen.yaml",
)  # fmt: skip


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Some of our content, in a folder of its own."""
    target = tmp_path / "content"
    for file in FILES:
        (target / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(content_root() / file, target / file)
    monkeypatch.setenv("LLMPREP_CONTENT", str(target))
    monkeypatch.chdir(tmp_path)
    return target


@pytest.fixture
def catalogue(content: Path) -> Iterator[Catalogue]:
    opened = Catalogue.open()
    yield opened
    opened.close()


# ---------------------------------------------------------------- CSV and Markdown


def test_a_table_has_a_row_a_question(llmprep: Command, catalogue: Catalogue, tmp_path: Path) -> None:
    done = llmprep("export", "csv", "--lang", "zh")
    assert (done.status, done.err) == (0, "")
    written = (tmp_path / "llmprep.csv").read_bytes()
    assert written.startswith(b"\xef\xbb\xbf"), "Excel takes it for UTF-8 by its mark"
    rows = list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"), newline="")))
    assert list(rows[0]) == ["id", "topic", "level", "question", "answer", "points", "trap", "source"]
    assert [row["id"] for row in rows if row["topic"] == "transformer"] == list(
        catalogue.ordered_ids("question", "transformer")
    )
    assert len(rows) == catalogue.count("question")
    by_id = {row["id"]: row for row in rows}
    question = catalogue.question("sqrt-dk")
    assert by_id["sqrt-dk"]["question"] == question.ask.zh
    assert by_id["sqrt-dk"]["points"].split("\n") == [point.zh for point in question.points]
    assert question.trap is not None and by_id["sqrt-dk"]["trap"] == question.trap.zh


def test_choices_have_letters_and_computed_questions_numbers(
    llmprep: Command, catalogue: Catalogue, tmp_path: Path
) -> None:
    assert llmprep("export", "csv", "--lang", "both", "--topic", "Transformer").status == 0
    rows = csv.DictReader(io.StringIO((tmp_path / "llmprep.csv").read_text("utf-8-sig"), newline=""))
    by_id = {row["id"]: row for row in rows}
    assert {row["topic"] for row in by_id.values()} == {"transformer"}
    choice = catalogue.question("transformer-novelty")
    row = by_id["transformer-novelty"]
    [right] = [one for one in choice.choices if one.right]
    letter = row["answer_en"][0]
    assert f"\n{letter}. {right.en}" in row["question_en"]
    assert row["answer_zh"].startswith(f"{letter}. {right.zh}\n")
    computed = [name for name in by_id if catalogue.question(name).kind == "computed"]
    assert computed
    for name in computed:
        assert "{" not in by_id[name]["question_en"]
        assert re.match(r"≈ \S+( \S+)* \(±\d+(\.\d+)?%\)\n", by_id[name]["answer_zh"])


def test_markdown_goes_topic_by_topic(llmprep: Command, catalogue: Catalogue, tmp_path: Path) -> None:
    assert llmprep("export", "markdown", "--out", "book.md", "--lang", "en").status == 0
    text = (tmp_path / "book.md").read_text("utf-8")
    assert re.findall("^# (.*)", text, re.MULTILINE) == [
        topic.title.en for topic in catalogue.topics().values()
    ]
    assert len(re.findall("^## ", text, re.MULTILINE)) == catalogue.count("question")
    assert "· `sqrt-dk`*" in text


def test_nothing_in_the_markdown_is_taken_for_a_mark(
    llmprep: Command, catalogue: Catalogue, tmp_path: Path
) -> None:
    from markdown_it import MarkdownIt  # Rich's own

    assert llmprep("export", "markdown", "--lang", "zh").status == 0
    kinds = ("text", "code_inline", "softbreak", "hardbreak")
    said = {
        "".join(child.content or "\n" for child in token.children or () if child.type in kinds)
        for token in MarkdownIt().parse((tmp_path / "llmprep.md").read_text("utf-8"))
        if token.type == "inline"
    }
    for name in catalogue.ordered_ids("question"):
        question = catalogue.question(name)
        if question.kind != "open":
            continue
        assert question.ask.zh.replace("`", "") in said
        assert question.answer is not None and question.answer.zh.replace("`", "").strip() in said
        assert {point.zh.replace("`", "") for point in question.points} <= said


def test_a_file_that_is_there_is_kept(llmprep: Command, content: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.md").write_text("precious", "utf-8")
    done = llmprep("export", "markdown", "--out", "mine.md", "--lang", "en")
    assert (done.status, done.out) == (2, "")
    assert done.err == (
        "'mine.md' is there already and was not touched: name another file with --out, or add --force.\n"
    )
    assert (tmp_path / "mine.md").read_text("utf-8") == "precious"
    assert llmprep("export", "markdown", "--out", "mine.md", "--force").status == 0
    assert (tmp_path / "mine.md").read_text("utf-8").startswith("# ")


def test_what_cannot_be_written_or_is_unknown(llmprep: Command, content: Path) -> None:
    done = llmprep("export", "csv", "--out", "no/such/folder/x.csv", "--lang", "en")
    assert done.status == 3
    assert "could not be written" in done.err and done.err.count("\n") == 1
    done = llmprep("export", "csv", "--topic", "transfomer", "--lang", "en")
    assert done.status == 2
    assert "Did you mean transformer?" in done.err


# ---------------------------------------------------------------- the study book


class Page(HTMLParser):
    """Ids, links, open tags and what is inside `<details>`."""

    VOID = ("meta", "input", "br", "hr", "link", "img")

    def __init__(self, text: str):
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.stack: list[str] = []
        self.details = 0
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.ids += [found["id"] or ""] if "id" in found else []
        self.links += [found["href"] or ""] if "href" in found else []
        self.loads += [found["src"] or ""] if "src" in found else []
        self.details += tag == "details"
        if tag not in self.VOID:
            self.stack.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop() == tag, self.getpos()


@pytest.fixture
def book(llmprep: Command, content: Path, tmp_path: Path) -> Path:
    assert llmprep("export", "html", "--lang", "both").status == 0
    return tmp_path / "llmprep.html"


def test_the_book_stands_alone(book: Path, catalogue: Catalogue) -> None:
    text = book.read_text("utf-8")
    page = Page(text)
    assert page.stack == [] and page.loads == []
    assert len(page.ids) == len(set(page.ids))
    assert page.details == catalogue.count("question") + catalogue.count("paper")
    assert page.links and {link[1:] for link in page.links} <= set(page.ids), "every link leads into the page"
    assert all(link.startswith("#") for link in page.links)
    assert "url(" not in text and "@import" not in text
    assert "prefers-color-scheme: dark" in text and "width=device-width" in text
    question = catalogue.question("sqrt-dk")
    assert question.ask.zh in text and question.ask.en in text


QUERIES = [
    ("缩放注意力", "缩放点积注意力除以 √d_k", True),
    ("缩放 注意力", "注意力要缩放", True),
    ("缩放注意力", "缩放点积", False),
    ("kv cache", "The KV  cache grows", True),
    ("ＫＶ", "the kv cache", True),
    ("kv量化", "kv cache 的量化", True),
    ("kv量化", "kv cache", False),
    ("softmax 温度", "softmax 的温度", True),
    ("", "anything", True),
]


@pytest.mark.skipif(shutil.which("node") is None, reason="needs node")
def test_the_search_of_the_book() -> None:
    program = f"{SCRIPT}\nconst asked = {json.dumps(QUERIES)};\n"
    program += "console.log(JSON.stringify(asked.map(([query, text]) => says(normal(text), query))));"
    done = subprocess.run(["node", "-"], input=program, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [expected for _, _, expected in QUERIES]


def browser() -> Any:
    """Chromium without a window; skips where there is none."""
    webdriver = pytest.importorskip("selenium.webdriver")
    program, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if program is None or driver is None:
        pytest.skip("needs chromium and chromedriver")
    options = webdriver.ChromeOptions()
    options.binary_location = program
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    return webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))


def test_the_book_in_a_browser(book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    window = browser()
    try:
        screen = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}
        window.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
        window.get(book.as_uri())
        run = window.execute_script
        assert run("return document.documentElement.scrollWidth") <= 390, "nothing sticks out on a phone"
        light = run("return getComputedStyle(document.body).backgroundColor")
        dark = {"features": [{"name": "prefers-color-scheme", "value": "dark"}]}
        window.execute_cdp_cmd("Emulation.setEmulatedMedia", dark)
        assert run("return getComputedStyle(document.body).backgroundColor") != light

        # what is typed is searched for, in Chinese without spaces, too
        shown = "return Array.from(document.querySelectorAll('details:not([hidden])'), e => e.id)"
        everything = len(run(shown))
        search = window.find_element("id", "search")
        search.send_keys("缩放注意力")
        wait = pytest.importorskip("selenium.webdriver.support.ui").WebDriverWait(window, 10)
        wait.until(lambda _: 0 < len(run(shown)) < everything)
        assert "q-sqrt-dk" in run(shown)
        assert window.find_element("id", "found").text == str(len(run(shown)))
        search.clear()
        search.send_keys("qqqzzz")
        wait.until(lambda _: run(shown) == [])
        assert window.find_element("id", "nothing").is_displayed()

        # a link opens its question, even one that the search had hidden
        run("location.hash = '#q-sqrt-dk'")
        wait.until(lambda _: run("return document.getElementById('q-sqrt-dk').open"))
        answer = window.find_element("css selector", "#q-sqrt-dk .answer.zh")
        assert answer.is_displayed()
        window.find_element("css selector", "#shown option[value=en]").click()
        wait.until(lambda _: not answer.is_displayed())
        assert window.find_element("css selector", "#q-sqrt-dk .answer.en").is_displayed()
        window.find_element("css selector", "#level option[value='3']").click()
        wait.until(lambda _: 0 < len(run(shown)) < everything)
        errors = [entry for entry in window.get_log("browser") if entry["level"] == "SEVERE"]
        assert errors == []
    finally:
        window.quit()


# ---------------------------------------------------------------- Anki


def test_decks_are_numbered_for_ever() -> None:
    assert (deck_id("transformer"), deck_id("formulas")) == (1_203_548_542, 1_669_505_135)


def test_anki_takes_a_package_in_once_and_then_brings_it_up_to_date(
    llmprep: Command, content: Path, catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("genanki")
    anki = pytest.importorskip("anki.collection")
    formulas = sum(len(catalogue.paper(name).formulas) for name in catalogue.ordered_ids("paper"))
    notes = catalogue.count("question") + formulas
    collection = anki.Collection(str(tmp_path / "collection.anki2"))

    def take_in(file: str) -> tuple[int, int, int]:
        request = anki.ImportAnkiPackageRequest(
            package_path=str(tmp_path / file), options=anki.ImportAnkiPackageOptions()
        )
        log = collection.import_anki_package(request).log
        return len(log.new), len(log.updated), len(log.duplicate)

    try:
        assert llmprep("export", "anki", "--lang", "both").status == 0
        assert take_in("llmprep.apkg") == (notes, 0, 0)
        assert take_in("llmprep.apkg") == (0, 0, notes)
        decks = {deck.name for deck in collection.decks.all_names_and_ids()}
        assert {"llmprep::transformer", "llmprep::serving", "llmprep::formulas"} <= decks

        [number] = collection.find_cards("Id:sqrt-dk")
        question = catalogue.question("sqrt-dk")
        assert question.answer is not None and question.trap is not None
        back = collection.get_card(number).answer()
        for text in (question.ask.zh, question.answer.en, question.trap.zh, "transformer §3.2.1", "sqrt-dk"):
            assert text in back
        [formula] = collection.find_cards('"Id:transformer/Scaled dot-product attention"')
        assert r"\[ \operatorname{Attention}(Q,K,V)" in collection.get_card(formula).answer()

        bank = content / "questions" / "transformer.yaml"
        bank.write_text(bank.read_text("utf-8").replace(question.ask.zh, "改过的问题？"), "utf-8")
        monkeypatch.setenv("LLMPREP_NOW", "2026-11-29T20:00")
        assert llmprep("export", "anki", "--lang", "zh", "--out", "later.apkg").status == 0
        assert take_in("later.apkg") == (0, notes, 0)
        assert collection.note_count() == collection.card_count() == notes
        assert "改过的问题？" in collection.get_card(number).question()
        assert {deck.name for deck in collection.decks.all_names_and_ids()} == decks
    finally:
        collection.close()


def test_without_genanki_it_is_said_how_to_install_it(
    llmprep: Command, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "genanki", None)
    done = llmprep("export", "anki", "--lang", "en")
    assert (done.status, done.out) == (3, "")
    assert done.err == "Anki packages need genanki: pip install 'llmprep[anki]'.\n"
