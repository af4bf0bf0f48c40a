"""A mock interview without a terminal: what is asked next, what an answer was worth, going on after a crash.

Which parts there are follows from the options and the seed alone; the follow-ups follow from the answers.
Every answer is an event of the log as soon as it is given, so an interview that broke off is rebuilt from it.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from llmprep.content.catalogue import Catalogue
from llmprep.content.items import Point, Question, Text
from llmprep.memory.records import Rating
from llmprep.memory.store import Store
from llmprep.practice.interview_parts import Kind, Options, Part, plan_parts
from llmprep.practice.near import nearness, terms
from llmprep.practice.rubric import suggested_rating, touched

DESIGN_STAGES = 3
DEEPEST_CHAIN = 3
OWN_BONUS = 0.015
"""How much nearer a question counts that its author let follow."""
FULL_ANSWER = 0.8
"""From this share of the points on, an answer is not followed up but the next question asked."""


@dataclass(frozen=True)
class Turn:
    """What is asked now.

    Attributes:
        part: the number of the part it belongs to.
        points: what a full answer contains; for a drill and a number there are none.
        stage: of a system-design question, from 0.
        follows: the id of the question whose answer it follows up.
        numbers: what was drawn for a computed question, and the right result.
    """

    part: int
    kind: Kind
    id: str
    ask: Text
    minutes: float
    points: tuple[Point, ...] = ()
    stage: int = 0
    follows: str | None = None
    expected: float | None = None
    unit: str | None = None
    question: Question | None = None


@dataclass(frozen=True)
class Reply:
    """One answer: the text, or what was ticked after saying it aloud, and what it was worth."""

    part: int
    kind: Kind
    id: str
    topic: str
    ask: dict[str, str]
    answer: str
    had: tuple[int, ...]
    of: int
    seconds: float
    stage: int = 0
    follows: str | None = None
    skipped: bool = False
    spoken: bool = False
    judged: str = "rubric"

    @property
    def score(self) -> float:
        """The share of what a full answer contains."""
        return len(self.had) / self.of if self.of else 0.0


@dataclass
class Interview:
    """One interview. Call `current()`, then `answer()` or `skip()`, until `current()` is None."""

    catalogue: Catalogue
    store: Store
    options: Options
    parts: tuple[Part, ...]
    name: str
    replies: list[Reply] = field(default_factory=list)
    ended: bool = False

    # ------------------------------------------------------------- beginning

    @classmethod
    def begin(cls, catalogue: Catalogue, store: Store, options: Options) -> Interview:
        """Plan a new interview and log that it began."""
        parts = tuple(plan_parts(catalogue, options))
        interview = cls(catalogue, store, options, parts, uuid.uuid4().hex)
        interview._log("begin", {"options": asdict(options), "parts": [asdict(part) for part in parts]})
        return interview

    @classmethod
    def unfinished(cls, catalogue: Catalogue, store: Store) -> Interview | None:
        """The last interview of the log if it was neither ended nor given up."""
        found: Interview | None = None
        for event in store.events(kind="interview"):
            data = event.payload
            if data.get("what") == "begin":
                parts = tuple(Part(**part) for part in data["parts"])
                found = cls(catalogue, store, Options(**data["options"]), parts, data["interview"])
            elif found is not None and data.get("interview") == found.name:
                if data["what"] == "reply":
                    found.replies.append(_reply_of(data["reply"]))
                else:
                    found.ended = True
        if found is None or found.ended or not found._still_exists():
            return None
        return found

    def _still_exists(self) -> bool:
        kinds = {"talk": "paper", "drill": "drill"}
        return all(self.catalogue.has(kinds.get(part.kind, "question"), part.id) for part in self.parts)

    # ------------------------------------------------------------- asking

    def current(self) -> Turn | None:
        """What is asked now; None when all parts are done."""
        for number, part in enumerate(self.parts):
            done = [reply for reply in self.replies if reply.part == number]
            turn = self._next_turn(number, part, done)
            if turn is not None:
                return turn
        return None

    def _next_turn(self, number: int, part: Part, done: Sequence[Reply]) -> Turn | None:
        if part.kind == "question":
            return self._next_of_chain(number, part, done)
        if part.kind == "design":
            stage = len(done)
            if stage >= DESIGN_STAGES or (done and done[-1].skipped):
                return None
            question = self.catalogue.question(part.id)
            return Turn(
                number, "design", part.id, question.ask, part.minutes / DESIGN_STAGES, question.points, stage
            )
        if done:
            return None
        if part.kind == "talk":
            paper = self.catalogue.paper(part.id)
            ask = Text(
                f"Tell me about {paper.name.en}, in five minutes.", f"用五分钟介绍一下 {paper.name.zh}。"
            )
            points = tuple(Point(point.en, point.zh) for beat in paper.beats for point in beat.points)
            return Turn(number, "talk", part.id, ask, part.minutes, points)
        if part.kind == "drill":
            return Turn(number, "drill", part.id, self.catalogue.drill(part.id).title, part.minutes)
        return self._number(number, part)

    def _next_of_chain(self, number: int, part: Part, done: Sequence[Reply]) -> Turn | None:
        if not done:
            return self._question(number, part.id, part.minutes)
        last = done[-1]
        if len(done) >= DEEPEST_CHAIN or last.skipped:
            return None
        following = self.follow_up(last)
        return self._question(number, following, part.minutes, last.id) if following else None

    def follow_up(self, last: Reply) -> str | None:
        """The question that asks on where the answer stayed short; after a full one, its own next one."""
        question = self.catalogue.question(last.id)
        asked = {last.id} | {reply.id for reply in self.replies} | {part.id for part in self.parts}
        own = [name for name in question.then if self._can_follow(name, asked)]
        if last.score >= FULL_ANSWER:
            return own[0] if own else None
        missed = terms(point for index, point in enumerate(question.points) if index not in last.had)
        topic = self.catalogue.place("question", last.id).topic
        others = [
            name for name in self.catalogue.ordered_ids("question", topic) if self._can_follow(name, asked)
        ]
        near = {
            name: self._nearness(name, missed) + (OWN_BONUS if name in own else 0.0)
            for name in [*own, *others]
        }
        best = max(near, key=lambda name: near[name], default=None)
        return best if best is not None and near[best] > 0 else None

    def _can_follow(self, name: str, asked: set[str]) -> bool:
        return name not in asked and self.catalogue.has("question", name) and (
            self.catalogue.question(name).kind == "open"
        )  # fmt: skip

    def _nearness(self, name: str, missed: set[str]) -> float:
        question = self.catalogue.question(name)
        return nearness(terms([question.ask, *([question.answer] if question.answer else [])]), missed)

    def _question(self, number: int, name: str, minutes: float, follows: str | None = None) -> Turn:
        question = self.catalogue.question(name)
        return Turn(
            number,
            "question",
            name,
            question.ask,
            minutes,
            question.points,
            follows=follows,
            question=question,
        )

    def _number(self, number: int, part: Part) -> Turn:
        from llmprep.practice.quiz import draw_numbers

        question = self.catalogue.question(part.id)
        generator = random.Random(f"{self.options.seed}:{part.id}")
        drawn = draw_numbers(question, generator, self.catalogue.models())
        return Turn(
            number, "number", part.id, drawn.ask, part.minutes, expected=drawn.expected, unit=drawn.unit,
            question=question,
        )  # fmt: skip

    # ------------------------------------------------------------- answering

    def found(self, turn: Turn, answer: str) -> set[int]:
        """Points that a typed answer makes, read offline. A talk's points are ticked, not read."""
        if turn.kind not in ("question", "design"):
            return set()
        question = self.catalogue.question(turn.id)
        return touched(turn.points, answer, f"{turn.ask.en}\n{turn.ask.zh}", question.answer)

    def answer(
        self,
        turn: Turn,
        answer: str,
        had: set[int],
        seconds: float,
        spoken: bool = False,
        judged: str = "rubric",
    ) -> Reply:
        """Log an answer and what it was worth; for a drill and a number `had` is {0} when it was right."""
        return self._keep(self._reply(turn, answer, had, seconds, spoken=spoken, judged=judged))

    def skip(self, turn: Turn, seconds: float) -> Reply:
        """Log that there was no answer."""
        return self._keep(self._reply(turn, "", set(), seconds, skipped=True))

    def _reply(self, turn: Turn, answer: str, had: set[int], seconds: float, **more: Any) -> Reply:
        topic = turn.id
        if turn.kind in ("question", "number", "design"):
            topic = self.catalogue.place("question", turn.id).topic
        of = len(turn.points) or 1
        ask = {"en": turn.ask.en, "zh": turn.ask.zh}
        return Reply(
            turn.part, turn.kind, turn.id, topic, ask, answer, tuple(sorted(had)), of, round(seconds, 1),
            turn.stage, turn.follows, **more,
        )  # fmt: skip

    def _keep(self, reply: Reply) -> Reply:
        self._log("reply", {"reply": asdict(reply)})
        self.replies.append(reply)
        return reply

    def used(self) -> float:
        """Seconds answered so far; pauses are not in it."""
        return sum(reply.seconds for reply in self.replies)

    def finish(self) -> None:
        """End it: what was weak is due now, what was good counts as recalled."""
        if self.ended:
            return
        self._log("end", {})
        self.ended = True
        for reply in best_of_each(self.replies):
            if reply.kind in ("question", "design"):
                rating: Rating = 1 if reply.skipped else suggested_rating(len(reply.had), reply.of)
                revision = self.catalogue.question(reply.id).revision
                self.store.record_review(f"question/{reply.id}", revision, rating, {"interview": self.name})
            elif reply.kind == "number":
                revision = self.catalogue.question(reply.id).revision
                payload = {"interview": self.name}
                self.store.record_review(f"question/{reply.id}", revision, 3 if reply.had else 1, payload)

    def give_up(self) -> None:
        """Leave it for good; nothing is scheduled."""
        if not self.ended:
            self._log("given-up", {})
            self.ended = True

    def _log(self, what: str, data: dict[str, Any]) -> None:
        self.store.record_event("interview", None, {"interview": self.name, "what": what, **data})


def best_of_each(replies: Sequence[Reply]) -> list[Reply]:
    """One reply for each item: the stages of a design question count together."""
    found: dict[tuple[str, str], Reply] = {}
    for reply in replies:
        key = (reply.kind, reply.id)
        before = found.get(key)
        if before is None:
            found[key] = reply
        else:
            had = tuple(sorted({*before.had, *reply.had}))
            seconds, skipped = before.seconds + reply.seconds, before.skipped and reply.skipped
            found[key] = Reply(**{**asdict(before), "had": had, "seconds": seconds, "skipped": skipped})
    return list(found.values())


def _reply_of(data: dict[str, Any]) -> Reply:
    return Reply(**{**data, "had": tuple(data["had"])})
