"""What authors write, as plain frozen dataclasses: the vocabulary every other room speaks.

Nothing here imports pydantic: a catalogue read back at start-up is built straight from JSON
(`json_form.py`), while `validate.py` checks the very same classes with pydantic when content is compiled.
The classes lie in `questions`, `papers`, `drills` and `models` beside this file, and are imported when they
are first asked for: making a frozen dataclass takes longer than starting a command should.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from llmprep.content.text import Item, ItemKind, Language, Text

if TYPE_CHECKING:
    from llmprep.content.drills import Drill, Family, Mistake, Notes, ParameterTable
    from llmprep.content.lineage import Node
    from llmprep.content.models import Experts, LatentAttention, ModelCard, Window
    from llmprep.content.papers import (
        Asked,
        Beat,
        BeatName,
        DeepDetail,
        Formula,
        Misconception,
        NumberTable,
        Paper,
        Reference,
        Symbol,
    )
    from llmprep.content.pictures import Grid, GridRow, Part, Picture
    from llmprep.content.questions import Choice, Point, Question, QuestionBank, QuestionKind, Topic

_HOMES = {
    "questions": (
        "Point",
        "Choice",
        "Question",
        "QuestionBank",
        "Topic",
        "QuestionKind",
    ),
    "papers": (
        "Beat",
        "Symbol",
        "Formula",
        "NumberTable",
        "Asked",
        "DeepDetail",
        "Misconception",
        "Paper",
        "Reference",
        "BeatName",
    ),
    "drills": (
        "ParameterTable",
        "Drill",
        "Family",
        "Mistake",
        "Notes",
    ),
    "lineage": ("Node",),
    "pictures": ("Picture", "Part", "Grid", "GridRow"),
    "models": ("ModelCard", "LatentAttention", "Experts", "Window"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"llmprep.content.{_HOME_OF[name]}"), name)
    globals()[name] = value
    return value


def all_classes() -> list[type]:
    """Every class that an author's keys can belong to."""
    found = [Text, *(__getattr__(name) for name in _HOME_OF)]
    return [value for value in found if isinstance(value, type)]


__all__ = [
    "Asked",
    "Beat",
    "BeatName",
    "Choice",
    "DeepDetail",
    "Drill",
    "Experts",
    "Family",
    "Formula",
    "Grid",
    "GridRow",
    "Item",
    "ItemKind",
    "Language",
    "LatentAttention",
    "Misconception",
    "Mistake",
    "ModelCard",
    "Node",
    "Notes",
    "NumberTable",
    "Paper",
    "ParameterTable",
    "Part",
    "Picture",
    "Point",
    "Question",
    "QuestionBank",
    "QuestionKind",
    "Reference",
    "Symbol",
    "Text",
    "Topic",
    "Window",
    "all_classes",
]  # fmt: skip
