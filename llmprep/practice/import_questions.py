"""Questions of the learner's own from a CSV file, an Anki package or Markdown, as a bank beside ours.

What is here already stays out: importing a file twice adds nothing. A question that says something else than
ours under the same id comes in under another one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import blake2b
from pathlib import Path

from llmprep.content.catalogue import Catalogue
from llmprep.content.items import Text
from llmprep.content.names import IDENTIFIER, spelling
from llmprep.memory.home import learner_home, make_folder
from llmprep.memory.settings import Settings, save_setting
from llmprep.practice.export_cards import BOTH, Card, card
from llmprep.practice.import_bank import add_reference, write_bank
from llmprep.practice.import_pairs import Pair, cleaned
from llmprep.practice.import_problem import ImportProblem

_SLUG_WORDS, _SLUG_LENGTH = 6, 40


@dataclass
class Imported:
    """What came in. `left_out` counts by reason ("known", "no-question", "no-answer"), `first` says where."""

    path: Path | None = None
    topic: str = ""
    ids: list[str] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    first: dict[str, Pair] = field(default_factory=dict)
    renamed: int = 0


def read_pairs(path: Path) -> list[Pair]:
    """The questions of a file, by the end of its name.

    Raises:
        ImportProblem: it cannot be read, or is none of these.
    """
    reader = _reader(path.suffix.lower())
    if reader is None:
        raise ImportProblem("format", path=path)
    try:
        return [cleaned(pair) for pair in reader(path)]
    except OSError as error:
        raise ImportProblem("unreadable", path=path, detail=error.strerror or error) from error


def _reader(suffix: str) -> Callable[[Path], list[Pair]] | None:
    if suffix in (".csv", ".tsv"):
        from llmprep.practice import import_table

        return import_table.pairs_of
    if suffix in (".apkg", ".colpkg"):
        from llmprep.practice import import_anki

        return import_anki.pairs_of
    if suffix in (".md", ".markdown"):
        from llmprep.practice import import_markdown

        return import_markdown.pairs_of
    return None


def import_questions(path: Path, catalogue: Catalogue, settings: Settings, today: date) -> Imported:
    """Write the new questions of a file into the learner's own content, which the catalogue then reads.

    Raises:
        ImportProblem: the file is none of ours to read; nothing is written.
        MemoryProblem: the learner's folder or settings cannot be written.
    """
    done = Imported()
    new = list(_new(read_pairs(path), spelling(path.stem), catalogue, done))
    if not new:
        return done
    own = make_folder(learner_home() / "content")
    banks, works = make_folder(own / "questions"), make_folder(own / "papers")
    _join(own, settings)
    done.topic = _free_topic(spelling(path.stem) or "own", banks, catalogue)
    done.path = banks / f"{done.topic}.yaml"
    sourced = [replace(pair, source=_source(pair, done.topic, catalogue)) for pair in new]
    add_reference(works / "references.yaml", done.topic, path.stem, today, path.name)
    write_bank(done.path, path.stem, sourced)
    done.ids = [pair.id for pair in new]
    return done


def _join(own: Path, settings: Settings) -> None:
    """Let the catalogue read the learner's own folder from now on."""
    folders = [Path(folder).expanduser().resolve() for folder in settings.content_dirs]
    if own.resolve() not in folders:
        save_setting("content_dirs", [*settings.content_dirs, str(own)])


def _free_topic(stem: str, banks: Path, catalogue: Catalogue) -> str:
    """A name that no bank, topic or cited work has."""
    name, number = stem, 1
    kinds = ("topic", "paper", "reference")
    while (banks / f"{name}.yaml").exists() or any(catalogue.has(kind, name) for kind in kinds):
        number += 1
        name = f"{stem}-{number}"
    return name


def _source(pair: Pair, own: str, catalogue: Catalogue) -> str:
    """The source as it is where its works are known, else the file that it came from."""
    works = [part.split()[0] for part in pair.source.split(";") if part.split()]
    if works and all(catalogue.has("paper", work) or catalogue.has("reference", work) for work in works):
        return pair.source
    return f"{own} {pair.source.replace(';', ',')}".strip()


# ---------------------------------------------------------------- what is new


def _new(pairs: list[Pair], stem: str, catalogue: Catalogue, done: Imported) -> Iterator[Pair]:
    """The pairs that are not here yet, under ids that are free; the others are counted in `done`."""
    models = catalogue.models()
    mine: dict[str, Pair] = {}

    def known(name: str) -> Card | Pair | None:
        if name in mine:
            return mine[name]
        return card(catalogue.question(name), "", models) if catalogue.has("question", name) else None

    for pair in pairs:
        reason = _lacking(pair, catalogue)
        wanted = _identifier(pair, stem)
        name, number = wanted, 1
        while not reason and (other := known(name)) is not None:
            if _same(pair, other):
                reason = "known"
            name = f"own-{wanted}" if number == 1 else f"own-{wanted}-{number}"
            number += 1
        if reason:
            done.left_out[reason] += 1
            done.first.setdefault(reason, pair)
            continue
        done.renamed += name != wanted
        mine[name] = replace(pair, id=name)
        yield mine[name]


def _lacking(pair: Pair, catalogue: Catalogue) -> str:
    """Why a pair stays out whatever is here; "" when nothing keeps it out."""
    if not pair.question.en:
        return "no-question"
    if not pair.answer.en:
        return "no-answer"
    work, slash, _ = pair.id.partition("/")  # a formula of a talk, from an Anki package of ours
    return "known" if slash and catalogue.has("paper", work) else ""


def _identifier(pair: Pair, stem: str) -> str:
    """The id a file gives, where it is one; else words of the question and a number made from all of it."""
    given = spelling(pair.id)
    if IDENTIFIER.fullmatch(given):
        has_letter = any(map(str.isalpha, given))
        return given if has_letter else f"{stem if IDENTIFIER.fullmatch(stem) else 'own'}-{given}"
    words = re.findall(r"[a-z0-9]+", pair.question.en.lower())[:_SLUG_WORDS]
    slug = "-".join(words)[:_SLUG_LENGTH].strip("-")
    drawn = blake2b(_flat(pair.question.en).encode(), digest_size=4).hexdigest()
    return f"{slug}-{drawn[:4]}" if slug else f"own-{drawn}"


def _same(pair: Pair, other: Card | Pair) -> bool:
    """Whether all that a file says of a question, in one language or two, is what is here."""
    if not pair.in_parts:
        return True
    said = [(pair.question, other.question), (pair.answer, other.answer)]
    if pair.trap.en:
        said.append((pair.trap, other.trap or Text("", "")))
    if pair.points:
        said.append((_together(pair.points), _together(other.points)))
    return all(_flat_set(mine) <= _flat_set(here) for mine, here in said)


def _together(points: tuple[Text, ...]) -> Text:
    return Text(*("\n".join(point[language] for point in points) for language in BOTH))


def _flat_set(text: Text) -> set[str]:
    return {_flat(text[language]) for language in BOTH}


def _flat(text: str) -> str:
    return " ".join(text.split())
