"""Text in both languages, and what everything that authors write has in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

Language = Literal["en", "zh"]
ItemKind = Literal["question", "drill", "paper"]

_FORBID_UNKNOWN_KEYS: dict[str, Any] = {"extra": "forbid"}


class Item:
    """Base of everything an author writes: unknown keys are typing mistakes, so they are refused."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _FORBID_UNKNOWN_KEYS


@dataclass(frozen=True)
class Text(Item):
    """One sentence or paragraph, written natively in both languages."""

    en: str
    zh: str

    def __getitem__(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en
