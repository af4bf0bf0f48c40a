"""A quiz without a terminal: what is asked next, whether an answer is right, what a rating does.

Due cards come first, longest waiting first, then new ones in their authors' order up to the day's number.
A follow-up is asked right after the question it follows, as an interviewer would. Every rating is on the
disk before the next question is drawn.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from llmprep.content.catalogue import Catalogue
from llmprep.content.items import Choice, ModelCard, Question, Text
from llmprep.memory.records import Rating, Stage
from llmprep.memory.store import Store

if TYPE_CHECKING:  # a question is on the screen before any answer has to be read
    from llmprep.practice.rubric import Evidence

LEARN_AHEAD = timedelta(minutes=20)
PREFIX = "question/"


@dataclass(frozen=True)
class QuizOptions:
    """One topic or all, at most `limit` questions, at most `new` of them new; `cram` schedules nothing.

    `only` is the id of one question to ask, whether it is due or not, with its follow-ups.
    """

    topic: str | None = None
    limit: int | None = None
    new: int = 10
    cram: bool = False
    only: str | None = None


@dataclass(frozen=True)
class Asked:
    """A question as it is asked this time: shuffled, with its numbers drawn."""

    id: str
    topic: str
    topic_title: Text
    question: Question
    ask: Text
    stage: Stage
    choices: tuple[Choice, ...] = ()
    expected: float | None = None
    unit: str | None = None
    values: dict[str, Any] = field(default_factory=dict)
    follows: str | None = None

    @property
    def card(self) -> str:
        return PREFIX + self.id


@dataclass(frozen=True)
class Answered:
    """A rated question."""

    asked: Asked
    rating: Rating
    right: bool | None


@dataclass(frozen=True)
class Checked:
    """What the program found about a choice or a computed answer."""

    right: bool
    chosen: Choice | None = None
    given: float | None = None


@dataclass
class Summary:
    """The end of a session: how it went, and what to read again."""

    answered: list[Answered]
    waiting: int
    next_due_minutes: int | None

    @property
    def again(self) -> list[Answered]:
        """The questions last rated 1 or 2, each once."""
        last = {answer.asked.id: answer for answer in self.answered}
        return [answer for answer in last.values() if answer.rating <= 2]


class Quiz:
    """One session. Call `current()`, then `rate()`, until `current()` is None."""

    def __init__(self, catalogue: Catalogue, store: Store, options: QuizOptions, seed: int | None = None):
        self.catalogue = catalogue
        self.store = store
        self.options = options
        self.answered: list[Answered] = []
        self._random = random.Random(seed)
        self._asked: Asked | None = None
        self._postponed: list[Asked] = []
        self._chain: list[tuple[str, str]] = []
        self._done: set[str] = set()
        self._order = self._cram_order() if options.cram else None
        self._new_left = max(options.new - store.new_today(PREFIX), 0)
        self._new = self._new_ids()
        self._topics: dict[str, Text] = {}

    # --------------------------------------------------------------- asking

    def current(self) -> Asked | None:
        """The question to answer now; None when the session is over."""
        if self._asked is None and not self._limit_reached():
            self._asked = self._draw()
        return self._asked

    def waiting(self) -> int:
        """How many cards are due now, the current one included."""
        return 0 if self.options.cram else self.store.count_due(PREFIX, self.store.clock.end_of_today())

    def intervals(self) -> dict[Rating, timedelta]:
        """When the current card would come back for each rating."""
        assert self._asked is not None
        return self.store.preview(self._asked.card, self._asked.question.revision)

    def found(self, typed: str) -> list[Evidence]:
        """Where `typed` makes which points of the current question; the learner decides."""
        from llmprep.practice.rubric import found_points

        assert self._asked is not None
        asked, question = self._asked, self._asked.question
        return found_points(question.points, typed, f"{asked.ask.en}\n{asked.ask.zh}", question.answer)

    def opposed(self, typed: str) -> list[Evidence]:
        """Where `typed` seems to say the opposite of a point of the current question."""
        from llmprep.practice.rubric import opposed_points

        assert self._asked is not None
        asked, question = self._asked, self._asked.question
        return opposed_points(question.points, typed, f"{asked.ask.en}\n{asked.ask.zh}", question.answer)

    def check_choice(self, index: int) -> Checked:
        """Whether the choice at `index` (as shuffled) is right."""
        assert self._asked is not None
        chosen = self._asked.choices[index]
        return Checked(chosen.right, chosen=chosen)

    def check_number(self, typed: str) -> Checked | None:
        """Whether a typed number is within tolerance; None when it is no number."""
        from llmprep.calc.quantity import parse_quantity, within

        assert self._asked is not None and self._asked.expected is not None
        given = parse_quantity(typed, self._asked.unit)
        if given is None:
            return None
        return Checked(within(given, self._asked.expected, self._asked.question.tolerance), given=given)

    @staticmethod
    def suggestion(had: int, of: int) -> Rating:
        """The rating that ticked points suggest."""
        from llmprep.practice.rubric import suggested_rating

        return suggested_rating(had, of)

    # --------------------------------------------------------------- rating

    def rate(self, rating: Rating, payload: dict[str, Any], right: bool | None = None) -> None:
        """Record the current answer and move on; the answer is committed when this returns."""
        asked = self._asked
        assert asked is not None
        record = {**payload, "values": asked.values} if asked.values else payload
        if self.options.cram:
            self.store.record_event("cram", asked.card, record, rating)
        else:
            if asked.stage == "new":
                self._new_left -= 1
            self.store.record_review(asked.card, asked.question.revision, rating, record)
        self.answered.append(Answered(asked, rating, right))
        self._done.add(asked.id)
        known = self._done | {later.id for later in self._postponed}
        self._chain = [(name, asked.id) for name in asked.question.then if name not in known]
        self._asked = None

    def can_undo(self) -> bool:
        """Whether an answer of this session can be taken back."""
        return bool(self.answered) and not self.options.cram

    def undo(self) -> Asked | None:
        """Take the last answer back and ask that question again; the one it interrupts comes after it."""
        if not self.can_undo():
            return None
        last = self.answered.pop()
        self.store.undo_last(last.asked.card)
        if last.asked.stage == "new":
            self._new_left += 1
        self._done.discard(last.asked.id)
        self._chain = []
        if self._asked is not None:
            self._postponed.insert(0, self._asked)
        self._asked = last.asked
        return last.asked

    def summary(self) -> Summary:
        """How the session went."""
        upcoming = self.store.next_due(PREFIX)
        minutes = None
        if upcoming is not None:
            minutes = max(round((upcoming.due - self.store.clock.now()).total_seconds() / 60), 0)
        return Summary(list(self.answered), self.waiting(), minutes)

    # -------------------------------------------------------------- private

    def _limit_reached(self) -> bool:
        return self.options.limit is not None and len(self.answered) >= self.options.limit

    def _draw(self) -> Asked | None:
        if self._postponed:
            return self._postponed.pop(0)
        follow_up = self._follow_up()
        if follow_up is not None:
            return follow_up
        if self.options.only is not None:
            return None if self.options.only in self._done else self._prepare(self.options.only)
        if self._order is not None:
            name = next(self._order, None)
            return self._prepare(name) if name is not None else None
        now = self.store.clock.now()
        for until in (now, now + LEARN_AHEAD):
            name = next(self._due_ids(until), None)
            if name is None and until == now and self._new_left > 0:
                name = next(self._new, None)
            if name is not None:
                return self._prepare(name)
        return None

    def _follow_up(self) -> Asked | None:
        while self._chain:
            name, follows = self._chain.pop(0)
            if not self.catalogue.has("question", name):
                continue
            place = self.catalogue.place("question", name)
            if self.options.topic not in (None, place.topic):
                continue
            stage = self.store.stage(PREFIX + name, place.revision)
            if self.options.cram or (stage == "new" and self._new_left > 0):
                return self._prepare(name, follows)
        return None

    def _due_ids(self, until: Any) -> Iterator[str]:
        for due in self.store.due(PREFIX, until):
            name = due.card.removeprefix(PREFIX)
            if not self.catalogue.has("question", name):
                continue  # a question that was withdrawn keeps its history and is not asked
            if self.options.topic in (None, self.catalogue.place("question", name).topic):
                yield name

    def _new_ids(self) -> Iterator[str]:
        listed = (
            (PREFIX + item.id, item.revision)
            for item in self.catalogue.listed("question", self.options.topic)
        )
        for card in self.store.unseen(listed):
            name = card.removeprefix(PREFIX)
            if name not in self._done:
                yield name

    def _cram_order(self) -> Iterator[str]:
        names = list(self.catalogue.ordered_ids("question", self.options.topic))
        self._random.shuffle(names)
        return (name for name in names if name not in self._done)

    def _prepare(self, name: str, follows: str | None = None) -> Asked:
        question = self.catalogue.question(name)
        place = self.catalogue.place("question", name)
        if place.topic not in self._topics:
            self._topics[place.topic] = self.catalogue.place("topic", place.topic).title
        stage = self.store.stage(PREFIX + name, question.revision)
        asked = Asked(
            name, place.topic, self._topics[place.topic], question, question.ask, stage, follows=follows
        )
        if question.kind == "choice":
            choices = list(question.choices)
            self._random.shuffle(choices)
            return _with(asked, choices=tuple(choices))
        if question.kind == "computed":
            return self._with_numbers(asked)
        return asked

    def _with_numbers(self, asked: Asked) -> Asked:
        drawn = draw_numbers(asked.question, self._random, self.catalogue.models())
        return _with(asked, ask=drawn.ask, expected=drawn.expected, unit=drawn.unit, values=drawn.values)


@dataclass(frozen=True)
class Drawn:
    """A computed question with its numbers: the text, the result and its unit."""

    ask: Text
    expected: float
    unit: str | None
    values: dict[str, Any]


def draw_numbers(question: Question, generator: random.Random, models: Mapping[str, ModelCard]) -> Drawn:
    """Draw the numbers of a computed question and work it out."""
    from llmprep.calc.expression import asked_unit, evaluate

    assert question.compute is not None
    values = {name: generator.choice(options) for name, options in question.vary.items()}
    shown = {name: models[v].name if isinstance(v, str) and v in models else v for name, v in values.items()}
    said = {name: f"{v:,}" if isinstance(v, int) else str(v) for name, v in shown.items()}
    return Drawn(
        Text(question.ask.en.format(**said), question.ask.zh.format(**said)),
        evaluate(question.compute, values, models),
        asked_unit(question.compute),
        values,
    )


def _with(asked: Asked, **changes: Any) -> Asked:
    import dataclasses

    return dataclasses.replace(asked, **changes)
