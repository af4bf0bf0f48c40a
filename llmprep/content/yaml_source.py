"""YAML without YAML 1.1's surprises, keeping the line of every key.

`no`, `on`, `12:30` and `2024-01-01` stay what they look like; `1e-4` is a number; a key written twice
and a control character (what `"\\frac"` becomes in double quotes) are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

try:
    from yaml import CSafeLoader as _BaseLoader
except ImportError:  # PyYAML built without libyaml: the same results, ten times slower
    from yaml import SafeLoader as _BaseLoader  # type: ignore[assignment]

from llmprep.content.problems import Problem

Location = tuple[str | int, ...]
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class _Loader(_BaseLoader):
    """The core schema of YAML 1.2: null, true/false, integers, floats; everything else is a string."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012


for _tag, _pattern, _first in (
    ("tag:yaml.org,2002:null", r"^(?:~|null|)$", ("~", "n", "")),
    ("tag:yaml.org,2002:bool", r"^(?:true|false)$", "tf"),
    ("tag:yaml.org,2002:int", r"^[-+]?[0-9]+$", "-+0123456789"),
    (
        "tag:yaml.org,2002:float",
        r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$",
        "-+.0123456789",
    ),
):
    _Loader.add_implicit_resolver(_tag, re.compile(_pattern), list(_first))
# the constructors of YAML 1.1 read 010 as octal and 1_000 as a number; plain Python does not
_Loader.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value))
_Loader.add_constructor("tag:yaml.org,2002:float", lambda loader, node: float(node.value))


@dataclass(frozen=True)
class Source:
    """A parsed file: its data, and the lines its keys stand on."""

    path: Path
    data: Any
    node: yaml.Node | None

    def line(self, location: Location) -> int:
        """The line (from 1) of the key or element at `location`, or of its nearest parent."""
        node, line = self.node, 1
        for step in location:
            found = _child(node, step)
            if found is None:
                break
            node, line = found
        return line


def _child(node: yaml.Node | None, step: str | int) -> tuple[yaml.Node, int] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return value, key.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        element = node.value[step]
        return element, element.start_mark.line + 1
    return None


def read(path: Path) -> tuple[Source | None, list[Problem]]:
    """Parse one file. `None` stands for a file that cannot be parsed at all; the problems say why."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return None, [Problem(path, line, f"not UTF-8 (byte {error.start})", "save the file as UTF-8")]
    except OSError as error:
        return None, [
            Problem(path, 1, f"cannot be read: {error.strerror}", "check that it exists and is readable")
        ]
    raw = _CONTROL.search(text)
    if raw:
        line = text.count("\n", 0, raw.start()) + 1
        return None, [
            Problem(path, line, f"the character {raw[0]!r} stands there", "remove it; it cannot be seen")
        ]
    try:
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            problems = [*_structure(path, node), *(_cut_short(path, node, text) if " #" in text else ())]
            data = loader.construct_document(node) if node is not None and not problems else None
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = error.problem or "is not YAML"
        return None, [Problem(path, mark.line + 1 if mark else 1, what, _mend_for(what))]
    except (yaml.YAMLError, ValueError) as error:
        return None, [Problem(path, 1, str(error).splitlines()[0], "write it as text, in quotes")]
    except RecursionError:
        return None, [Problem(path, 1, "lists and mappings are nested too deeply", "write it flatter")]
    if problems:
        return None, problems
    source = Source(path, data, node)
    # the text itself has none: only an escape can make one
    return source, list(_control_characters(source)) if "\\" in text or "\t" in text else []


_MENDS = (
    ("mapping values are not allowed", "put text with a colon and a space in it in quotes or a >- block"),
    ("unknown escape", "write TeX in single quotes or a | block; double quotes read \\ as an escape"),
    ("'\\t' that cannot start", "indent with spaces, not with tabs"),
    ("found a tab", "indent with spaces, not with tabs"),
    ("cannot start any token", "put text that begins with a special character in quotes"),
    ("undefined alias", "put text that begins with * in quotes"),
    ("another document", "remove the line with ---"),
    ("could not determine a constructor", "put text that begins with ! in quotes"),
)  # fmt: skip


def _mend_for(what: str) -> str:
    mends = (mend for words, mend in _MENDS if words in what)
    return next(mends, "check indentation, quotes and colons near that line")


def _structure(path: Path, node: yaml.Node | None) -> Iterator[Problem]:
    """What YAML allows and nobody means: a key twice, a key that is no text, an alias, TeX cut in two."""
    seen: set[int] = set()
    open_nodes = [node] if node is not None else []
    while open_nodes:
        here = open_nodes.pop()
        line = here.start_mark.line + 1
        if id(here) in seen:
            yield Problem(
                path, line, "it is used again through an alias (*name)", "write it out where it is used"
            )
            continue
        if isinstance(here, yaml.CollectionNode):
            seen.add(id(here))
        if isinstance(here, yaml.MappingNode):
            yield from _keys(path, here)
            open_nodes += [value for _, value in here.value]
        elif isinstance(here, yaml.SequenceNode):
            open_nodes += here.value


def _keys(path: Path, node: yaml.MappingNode) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            yield Problem(path, line, "a list or mapping stands as a key", "put text with [ or { in quotes")
            continue
        if key.value in first:
            what = f"the key '{key.value}' stands twice (first on line {first[key.value]})"
            yield Problem(path, line, what, "keep one of them")
        first.setdefault(key.value, line)
        if key.value == "tex" and getattr(value, "style", "") == '"' and "\n" in value.value:
            mend = "use single quotes or a | block; in double quotes \\n is a line break"
            yield Problem(path, line, "TeX stands in double quotes", mend)


def _cut_short(path: Path, node: yaml.Node | None, text: str) -> Iterator[Problem]:
    """Sentences without quotes that end at a `#`, which begins a comment."""
    lines = text.split("\n")
    open_nodes = [node] if node is not None else []
    while open_nodes:
        here = open_nodes.pop()
        if isinstance(here, yaml.SequenceNode):
            open_nodes += here.value
        elif isinstance(here, yaml.MappingNode):
            open_nodes += [value for _, value in here.value]
            for key, value in here.value:
                end = value.end_mark
                if (
                    key.value in ("en", "zh")
                    and isinstance(value, yaml.ScalarNode)
                    and not value.style
                    and end.line < len(lines)
                    and lines[end.line][end.column :].lstrip().startswith("#")
                ):
                    what = f"'{key.value}' ends at a '#', which begins a comment"
                    yield Problem(path, end.line + 1, what, "put the text in quotes")


def _control_characters(source: Source) -> Iterator[Problem]:
    for location, text in strings(source.data):
        if _CONTROL.search(text) or "\t" in text:
            yield Problem(
                source.path,
                source.line(location),
                f"'{location[-1]}' contains a control character",
                "write TeX in single quotes or a | block; in double quotes \\f or \\t is a control character",
            )


def strings(data: Any, location: Location = ()) -> Iterator[tuple[Location, str]]:
    """Every string in nested data, with where it stands."""
    if isinstance(data, str):
        yield location or ("text",), data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from strings(value, (*location, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from strings(value, (*location, index))
