"""What the learner chose, in config.toml: flat keys, every one optional.

We write single values and keep everything else in the file, comments included, as the learner wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, time
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

from llmprep.memory.clock import DAY_TURNS_AT
from llmprep.memory.home import config_path, replace_text
from llmprep.memory.problems import MemoryProblem

if TYPE_CHECKING:
    from llmprep.content.items import Language

EXPECTED = {
    "language": '"en" | "zh" | "auto"',
    "new_per_day": "0..9999",
    "retention": "0.70..0.99",
    "day_turns_at": '"HH:MM", 00:00..11:59',
    "editor": '"COMMAND"',
    "interview_day": '"YYYY-MM-DD"',
    "hours_per_day": "0.1..16.0",
    "content_dirs": '["FOLDER", …]',
    "model": '[model] url = "https://…/v1", name = "…", key_env = "VARIABLE", seconds = 30',
}
Value = str | int | float | list[str]
_TIME = re.compile(r"(0\d|1[01]):[0-5]\d", re.ASCII)
_LINE = re.compile(
    r"""^(\s*["']?(?P<key>\w+)["']?\s*=\s*)"""  # key =
    r"""(?:"(?:[^"\\]|\\.)*"|'[^']*'|\[[^\[\]#]*\]|[^\s#"'\[{]+)"""  # a value that ends on its line
    r"""(\s*(?:#.*)?)$"""  # a comment
)
_TABLE = re.compile(r"^\s*\[")


@dataclass(frozen=True)
class ModelSettings:
    """A model behind an OpenAI-compatible endpoint, asked only where a command is told to (`--model`).

    Attributes:
        url: of the endpoint, up to and with /v1.
        key_env: the environment variable that holds the key; the key itself never stands in a file of ours.
        seconds: how long to wait for a reply.
    """

    url: str
    name: str
    key_env: str | None = None
    seconds: float = 30.0


@dataclass(frozen=True)
class Settings:
    """The learner's choices, or ours where they made none."""

    language: str = "auto"
    new_per_day: int = 10
    retention: float = 0.9
    day_turns_at: time = DAY_TURNS_AT
    editor: str | None = None
    interview_day: str | None = None
    hours_per_day: float = 1.5
    content_dirs: tuple[str, ...] = ()
    model: ModelSettings | None = None


def load_settings(path: Path | None = None) -> Settings:
    """The settings of config.toml; the defaults where it or a key is missing."""
    path = path or config_path()
    text = _read(path)
    return _check(_parse(text, path), text, path) if text.strip() else Settings()


def save_setting(key: str, value: Value, path: Path | None = None) -> Settings:
    """Write one value into config.toml, leaving every other line as it is; an invalid one changes nothing."""
    path = path or config_path()
    text = _read(path)
    before = _parse(text, path)
    written = _with_value(text, key, value)
    try:
        after = _parse(written, path)
    except MemoryProblem:
        after = {}
    if after != {**before, key: value}:  # the key stands in a form that only its author can change safely
        raise MemoryProblem("config-broken", path, f"{key} = {value!r}", line=_line_of(key, text), key=key)
    settings = _check(after, written, path)
    replace_text(path, written)
    return settings


def unset(key: str, path: Path | None = None) -> Settings:
    """Take one key out of config.toml, so that ours counts again; every other line stays."""
    path = path or config_path()
    text = _read(path)
    before = _parse(text, path)
    if key not in before:
        return _check(before, text, path)
    number = _line_of(key, text)
    lines = text.split("\n")
    written = "\n".join(line for at, line in enumerate(lines, 1) if at != number)
    try:
        after = _parse(written, path)
    except MemoryProblem:
        after = before
    if after != {name: value for name, value in before.items() if name != key}:
        raise MemoryProblem("config-broken", path, key, line=number, key=key)
    replace_text(path, written)
    return _check(after, written, path)


def parsed(key: str, words: Sequence[str]) -> Value:
    """What is typed after `llmprep config KEY` as the kind of value the key has; a wrong one stays text."""
    if key == "content_dirs":
        return [str(Path(word).expanduser().absolute()) for word in words]
    text = " ".join(words)
    try:
        if key == "new_per_day":
            return int(text)
        if key in ("retention", "hours_per_day") and isfinite(float(text)):
            return float(text)
    except ValueError:
        pass  # it is refused with what is expected there
    return text


def resolve_language(option: str | None, settings: Settings, environment: Mapping[str, str]) -> Language:
    """The language to speak: `--lang`, $LLMPREP_LANG, config.toml, the locale, English: the first to say."""
    for wish in (option, environment.get("LLMPREP_LANG"), settings.language):
        name = (wish or "").strip().lower()
        if name.startswith("zh"):
            return "zh"
        if name.startswith("en"):
            return "en"
    names = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next((name for name in names if name), "")
    return "zh" if locale.lower().startswith("zh") else "en"


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise MemoryProblem("config-broken", path, "UTF-8", line=line) from error
    except OSError as error:
        raise MemoryProblem("config-broken", path, error.strerror or str(error)) from error


def _parse(text: str, path: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"at line (\d+)", str(error))
        line = int(at[1]) if at else text.count("\n") + (not text.endswith("\n"))
        raise MemoryProblem("config-broken", path, str(error), line=line) from error


def _check(data: dict[str, Any], text: str, path: Path) -> Settings:
    """Settings from parsed TOML; keys that are not ours are the learner's business."""
    chosen: dict[str, Any] = {}
    for key in (field.name for field in fields(Settings) if field.name in data):
        value = data[key]
        if not _is_valid(key, value):
            line, expected = _line_of(key, text), EXPECTED[key]
            raise MemoryProblem("setting-invalid", path, str(value), line=line, key=key, expected=expected)
        chosen[key] = _READ.get(key, _as_it_is)(value)
    return Settings(**chosen)


def _is_valid(key: str, value: Any) -> bool:
    if key == "language":
        return value in ("en", "zh", "auto")
    if key == "new_per_day":
        return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 9999
    if key == "retention":
        return isinstance(value, float) and 0.7 <= value <= 0.99
    if key == "day_turns_at":
        return isinstance(value, str) and _TIME.fullmatch(value) is not None
    if key == "model":
        return _is_model(value)
    if key == "interview_day":
        return isinstance(value, str) and _is_day(value)
    if key == "hours_per_day":
        return isinstance(value, float) and 0.1 <= value <= 16
    if key == "content_dirs":
        return isinstance(value, list) and all(isinstance(folder, str) for folder in value)
    return isinstance(value, str)


def _is_model(value: Any) -> bool:
    kinds: dict[str, type | tuple[type, ...]] = {
        "url": str,
        "name": str,
        "key_env": str,
        "seconds": (int, float),
    }
    return (
        isinstance(value, dict)
        and {"url", "name"} <= set(value) <= set(kinds)
        and all(isinstance(found, kinds[key]) and not isinstance(found, bool) for key, found in value.items())
        and value.get("seconds", 1) > 0
    )


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return len(value) == len("YYYY-MM-DD")


def _as_it_is(value: Any) -> Any:
    return value


_READ: dict[str, Callable[[Any], Any]] = {
    "day_turns_at": time.fromisoformat,
    "content_dirs": tuple,
    "model": lambda table: ModelSettings(**table),
}


def _with_value(text: str, key: str, value: Value) -> str:
    """`text` with `key = value` in place of its old value, or after the last key that is ours, or on top."""
    import json

    toml = json.dumps(value, ensure_ascii=False)  # a JSON string or number is a TOML one
    lines = text.split("\n")
    end = "\r" if lines[0].endswith("\r") else ""
    place = 0
    for number, line in enumerate(lines):
        if _TABLE.match(line):
            break
        found = _LINE.match(line.rstrip("\r"))
        if found is None or found["key"] not in EXPECTED:
            continue
        if found["key"] == key:
            lines[number] = f"{found[1]}{toml}{found[3]}{line[len(line.rstrip(chr(13))) :]}"
            return "\n".join(lines)
        place = number + 1
    if place == len(lines):  # the last line lacks its end
        lines[-1] += end
        lines.append("")
    lines.insert(place, f"{key} = {toml}{end}")
    return "\n".join(lines)


def _line_of(key: str, text: str) -> int | None:
    """The line (from 1) on which `key` seems to stand."""
    starts = re.compile(rf"""^\s*["']?{re.escape(key)}["']?\s*=""")
    return next((number for number, line in enumerate(text.split("\n"), 1) if starts.match(line)), None)
