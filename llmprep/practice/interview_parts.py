"""Which parts an interview has: drawn by how often topics are asked, the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from llmprep.content.catalogue import Catalogue
from llmprep.judge.libraries import missing
from llmprep.practice.statistics import LEAST_WEIGHT

Kind = Literal["talk", "question", "number", "drill", "design"]
FOCUS: dict[str, tuple[str, ...]] = {
    "pretraining": (
        "transformer", "attention", "layers", "position", "tokenisation", "gpt", "bert", "llama", "training",
        "parallelism", "mixture-of-experts", "model-families", "evaluation",
    ),
    "alignment": ("rlhf", "alignment", "fine-tuning", "fine-tuning-data", "misconceptions"),
    "inference": (
        "kv-cache", "decoding", "serving", "quantisation", "flash-attention", "deepseek", "long-context",
        "qwen",
    ),
    "rag": ("retrieval", "sentence-embeddings", "agents", "long-context"),
    "algorithm": ("attention", "losses", "building-blocks", "classics", "layers", "position"),
}  # fmt: skip
"""The banks that are asked from."""
FAMILIES: dict[str, tuple[str, ...]] = {
    "pretraining": ("foundations", "attention", "transformer", "decoders", "training", "parallelism"),
    "alignment": ("alignment", "fine-tuning"),
    "inference": ("decoding", "serving", "efficient-attention"),
    "rag": ("retrieval", "sentence-embeddings"),
    "algorithm": ("classics", "evaluation", "foundations"),
}
"""The families of drills, likewise."""
MINUTES: dict[Kind, float] = {"talk": 6, "question": 3, "number": 3, "design": 9, "drill": 15}
FEWEST_MINUTES_FOR_DRILL = 25


@dataclass(frozen=True)
class Options:
    """What kind of interview."""

    minutes: int = 45
    focus: str | None = None
    level: int = 2
    seed: int = 0


@dataclass(frozen=True)
class Part:
    """One part of the interview as planned."""

    kind: Kind
    id: str
    minutes: float


def plan_parts(catalogue: Catalogue, options: Options) -> Iterator[Part]:
    """A talk, chains of questions, a drill, a computed question, a design: as many as the minutes hold."""
    generator = random.Random(options.seed)
    chosen = _Choice(catalogue, options, generator)
    left = float(options.minutes)
    talk, number, design = chosen.paper(), chosen.number(), chosen.design()
    drill = chosen.drill() if options.minutes >= FEWEST_MINUTES_FOR_DRILL else None
    after: list[Part] = []
    if talk is not None and left >= 2 * MINUTES["talk"]:
        yield Part("talk", talk, MINUTES["talk"])
        left -= MINUTES["talk"]
    if drill is not None:
        minutes = max(MINUTES["drill"], min(float(catalogue.drill(drill).minutes), options.minutes / 3))
        after.append(Part("drill", drill, minutes))
    if number is not None:
        after.append(Part("number", number, MINUTES["number"]))
    if design is not None and left - sum(part.minutes for part in after) >= MINUTES["design"] + 6:
        after.append(Part("design", design, MINUTES["design"]))
    left -= sum(part.minutes for part in after)
    for name in chosen.questions():
        if left < MINUTES["question"]:
            break
        yield Part("question", name, MINUTES["question"])
        left -= 2 * MINUTES["question"]  # a question and, on average, one that follows it
    yield from after


class _Choice:
    """Draws what is asked: by how often topics are asked, within the focus and the level."""

    def __init__(self, catalogue: Catalogue, options: Options, generator: random.Random):
        self._catalogue, self._options, self._random = catalogue, options, generator
        known = catalogue.topics()
        wanted = FOCUS.get(options.focus or "", tuple(known))
        self._topics = {name: known[name].asked + LEAST_WEIGHT for name in wanted if name in known} or {
            name: about.asked + LEAST_WEIGHT for name, about in known.items()
        }

    def _of_kind(self, kind: str, topics: Sequence[str]) -> list[str]:
        return [
            name
            for topic in topics
            for name in self._catalogue.ordered_ids("question", topic)
            if self._catalogue.question(name).kind == kind
            and self._catalogue.question(name).level <= self._options.level
        ]

    def questions(self) -> Iterator[str]:
        """Open questions, topic after topic as drawn; none twice."""
        left = {topic: self._of_kind("open", [topic]) for topic in self._topics if topic != "system-design"}
        while any(left.values()):
            topics = [topic for topic in left if left[topic]]
            [topic] = self._random.choices(topics, [self._topics[name] for name in topics])
            yield left[topic].pop(self._random.randrange(len(left[topic])))

    def number(self) -> str | None:
        """A computed question of the focus, or of any topic."""
        found = self._of_kind("computed", list(self._topics)) or self._of_kind(
            "computed", list(self._catalogue.topics())
        )
        return self._random.choice(found) if found else None

    def design(self) -> str | None:
        """A question of system design."""
        found = self._of_kind("open", ["system-design"])
        return self._random.choice(found) if found else None

    def paper(self) -> str | None:
        """A paper: one of the must-know ones three times of four."""
        names = list(self._catalogue.ordered_ids("paper"))
        must = [name for name in names if self._catalogue.paper(name).must_know]
        pool = must if must and self._random.random() < 0.75 else names
        return self._random.choice(pool) if pool else None

    def drill(self) -> str | None:
        """A drill of the focus that can be done within a third of the time."""
        families = FAMILIES.get(self._options.focus or "")
        fitting = [
            name
            for name, drill in self._catalogue.drills().items()
            if drill.level <= self._options.level
            and drill.minutes <= max(self._options.minutes / 3, MINUTES["drill"])
            and not missing(drill.requires)
        ]
        of_focus = [name for name in fitting if families and self._catalogue.drill(name).topic in families]
        pool = of_focus or fitting
        return self._random.choice(pool) if pool else None
