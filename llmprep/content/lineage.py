"""The evolutionary tree of language models, as its authors write it (`papers/tree.yaml`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from llmprep.content.text import Item, Text

Branch = Literal["before", "encoder-only", "encoder-decoder", "decoder-only"]
BRANCHES: tuple[Branch, ...] = ("before", "encoder-only", "encoder-decoder", "decoder-only")


@dataclass(frozen=True)
class Node(Item):
    """One language model: where it stands in the tree, what it took over and what it changed.

    Attributes:
        name: as it is written: "GPT-3", "LLaMA".
        when: year and month of its first publication, "2020-05"; a year alone where the month is not known.
        branch: "before" for what is no Transformer.
        open: whether its weights can be had.
        by: who made it.
        family: what it is searched by: gpt, llama, qwen …
        after: ids of what it builds on, the nearest first.
        inherited: what it took over from those.
        changed: what it does otherwise.
        paper: the talk on it.
        model: its architecture card.
    """

    id: str
    name: str
    when: str
    branch: Branch
    open: bool
    by: str
    family: str
    source: str
    after: tuple[str, ...] = ()
    inherited: Text | None = None
    changed: Text | None = None
    paper: str | None = None
    model: str | None = None
    aliases: tuple[str, ...] = ()

    @property
    def year(self) -> int:
        """Of its first publication."""
        return int(self.when[:4])
