"""`llmprep content new`: a drill, a question or a paper from a template; nothing is ever overwritten."""

from __future__ import annotations

import keyword
import os
import re
import shutil
from pathlib import Path
from string import Template

import yaml

from llmprep.content import templates
from llmprep.content.library import load_library, load_unit
from llmprep.content.links import Links
from llmprep.content.names import IDENTIFIER, nearest
from llmprep.content.yaml_source import Source, read

KINDS = ("drill", "question", "paper")
LONGEST_ID = 60


class ScaffoldProblem(Exception):  # noqa: N818 - the request is wrong, not the program
    """Why nothing was made; `reason` names the sentence to say and `values` fill it."""

    def __init__(self, reason: str, **values: object):
        super().__init__(reason + "".join(f", {name}: {value}" for name, value in values.items()))
        self.reason, self.values = reason, values


def scaffold(root: Path, kind: str, name: str) -> list[Path]:
    """Write the templates of a new item into the content under `root`.

    Args:
        kind: drill, question or paper.
        name: its id; for a question `topic/id`, which goes to the end of the topic's bank.

    Raises:
        ScaffoldProblem: the id is not one or is taken, or the files cannot be written.
    """
    if kind not in KINDS:
        raise ScaffoldProblem("kind", kind=kind, close=nearest(kind, KINDS) or ", ".join(KINDS))
    if root.name == "_content" and not os.environ.get("LLMPREP_CONTENT"):
        raise ScaffoldProblem("installed")
    make = {"drill": _drill, "question": _question, "paper": _paper}[kind]
    try:
        return make(root, name)
    except OSError as error:
        raise ScaffoldProblem("unwritable", path=error.filename or root, detail=error.strerror) from error


def _drill(root: Path, name: str) -> list[Path]:
    links = _free(root, "drill", name)
    function = name.replace("-", "_")
    if not function.isidentifier() or keyword.iskeyword(function):
        function = "solve"
    files = {
        root / "drills" / name / "drill.yaml": templates.DRILL,
        root / "drills" / name / "stub.py": templates.STUB,
        root / "drills" / name / "probes.py": templates.PROBES,
        root / "solutions" / name / "reference.py": templates.REFERENCE,
        root / "solutions" / name / "mistakes.yaml": templates.MISTAKES,
        root / "solutions" / name / "notes.yaml": templates.NOTES,
    }
    oracles = root / "tests" / "oracles"
    if oracles.is_dir():
        files[oracles / f"test_{name.replace('-', '_')}.py"] = templates.ORACLE
    return _write(files, id=name, function=function, order=_next_order("drill", links))


def _paper(root: Path, name: str) -> list[Path]:
    links = _free(root, "paper", name)
    return _write({root / "papers" / f"{name}.yaml": templates.PAPER}, order=_next_order("paper", links))


def _question(root: Path, name: str) -> list[Path]:
    topic, slash, identifier = name.partition("/")
    if not slash:
        raise ScaffoldProblem("topic", name=name)
    _check_id(topic)
    _free(root, "question", identifier)
    bank = root / "questions" / f"{topic}.yaml"
    if not bank.exists():
        question = Template(templates.QUESTION).substitute(id=identifier)
        return _write({bank: templates.BANK + _indented(question, 2).replace("$", "$$")})
    _append(bank.resolve(), identifier)
    return [bank]


# ---------------------------------------------------------------- ids


def _check_id(name: str) -> None:
    if IDENTIFIER.fullmatch(name) and len(name) <= LONGEST_ID:
        return
    right = re.sub("[^a-z0-9]+", "-", name.lower()).strip("-")[:LONGEST_ID].strip("-")
    raise ScaffoldProblem("id-like", name=name, right=right) if right else ScaffoldProblem("id", name=name)


def _free(root: Path, kind: str, name: str) -> Links:
    """Everything there is, once it is certain that the id is one and is free."""
    _check_id(name)
    links = Links(load_library(root))
    places = links.places.get((kind, name))
    if places:
        path, entry = places[0]
        raise ScaffoldProblem("taken", name=name, path=path, line=entry.line)
    return links


def _next_order(kind: str, links: Links) -> int:
    return max((entry.position for _, entry in links.all(kind)), default=0) + 1


# ---------------------------------------------------------------- writing


def _write(files: dict[Path, str], **values: object) -> list[Path]:
    for path in files:
        if path.exists():
            raise ScaffoldProblem("exists", path=path)
    for path, template in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(Template(template).substitute(values))
    return list(files)


def _indented(text: str, columns: int) -> str:
    return "".join(" " * columns + line for line in text.splitlines(keepends=True))


def _append(bank: Path, identifier: str) -> None:
    """Add a question to the end of a bank's list; comments and layout stay as they are."""
    source, problems = read(bank)
    if source is None or problems:
        raise ScaffoldProblem("broken", problem=problems[0])
    before = load_unit(bank)
    if before.problems:
        raise ScaffoldProblem("broken", problem=before.problems[0])
    with bank.open(encoding="utf-8", newline="") as file:
        text = file.read()
    new = bank.with_name(f".{bank.stem}.new.yaml")
    try:
        with new.open("w", encoding="utf-8", newline="") as file:
            file.write(_with_question(text, source, identifier))
        shutil.copymode(bank, new)
        ids = [entry.id for entry in load_unit(new).entries[1:]]
        if ids != [*(entry.id for entry in before.entries[1:]), identifier]:
            raise ScaffoldProblem("append", path=bank)
        new.replace(bank)
    finally:
        new.unlink(missing_ok=True)


def _with_question(text: str, source: Source, identifier: str) -> str:
    newline = "\r\n" if "\r\n" in text else "\n"
    column, end = _end_of_questions(source)
    lines = text.split("\n")
    before, after = "\n".join(lines[:end]).rstrip(), "\n".join(lines[end:]).lstrip("\r\n")
    question = _indented(Template(templates.QUESTION).substitute(id=identifier), column)
    added = before + newline * 2 + question.replace("\n", newline)
    return f"{added}{newline}{after}" if after else added


def _end_of_questions(source: Source) -> tuple[int, int]:
    """The column of the list's dashes, and the number of lines up to its end."""
    assert isinstance(source.node, yaml.MappingNode)
    node = next(value for key, value in source.node.value if key.value == "questions")
    if not isinstance(node, yaml.SequenceNode) or node.flow_style:
        raise ScaffoldProblem("append", path=source.path)
    end = node.end_mark
    return node.start_mark.column, end.line + (1 if end.column else 0)
