"""FSRS's parameters fitted to the learner's own log, and whether they foretell it better than defaults."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from llmprep.memory.records import Event
from llmprep.memory.store import Store

ENOUGH_REVIEWS = 600
"""FSRS's optimiser keeps its defaults below 512 reviews; a fifth is held back to judge it."""
HELD_BACK = 0.2


class NoOptimiser(Exception):  # noqa: N818 - something is not installed
    """The optional libraries of FSRS's optimiser are not installed."""


class TooFew(Exception):  # noqa: N818 - the learner has only begun
    """The log is too short; `reviews` is how many it has."""

    def __init__(self, reviews: int):
        super().__init__(f"{reviews} reviews")
        self.reviews = reviews


@dataclass(frozen=True)
class Fit:
    """Parameters fitted to the earlier part of the log, and the mean log loss of both on the later part."""

    parameters: tuple[float, ...]
    reviews: int
    judged: int
    loss_before: float
    loss_after: float

    @property
    def is_better(self) -> bool:
        """Whether the fitted parameters foretell the part held back better than the defaults."""
        return self.loss_after < self.loss_before


def fit(store: Store) -> Fit:
    """Fit on the first four fifths of the cards' reviews, judge on the last.

    Raises:
        NoOptimiser: the extra `fit` is not installed.
        TooFew: the log is too short.
    """
    reviews = [event for event in store.valid_events() if event.kind == "review" and _is_question(event)]
    if len(reviews) < ENOUGH_REVIEWS:
        raise TooFew(len(reviews))
    cut = int(len(reviews) * (1 - HELD_BACK))
    fitted = _optimal(reviews[:cut])
    default = _default()
    judged, before = _loss(reviews, cut, default)
    _, after = _loss(reviews, cut, fitted)
    return Fit(fitted, len(reviews), judged, before, after)


def _is_question(event: Event) -> bool:
    return event.card is not None and event.card.startswith("question/") and event.rating is not None


def _default() -> tuple[float, ...]:
    import fsrs

    return tuple(fsrs.Scheduler().parameters)


def _optimal(reviews: Sequence[Event]) -> tuple[float, ...]:
    """The package's own optimiser on the log; days count, not hours, as in our schedule."""
    import fsrs

    cards: dict[str, int] = {}
    logs = []
    for event in reviews:
        assert event.card is not None and event.rating is not None
        number = cards.setdefault(event.card, len(cards))
        logs.append(fsrs.ReviewLog(number, fsrs.Rating(event.rating), _instant(event), None))
    try:
        optimiser = fsrs.Optimizer(logs)
    except ImportError as error:
        raise NoOptimiser from error
    return tuple(float(value) for value in optimiser.compute_optimal_parameters(verbose=False))


def _loss(reviews: Sequence[Event], cut: int, parameters: tuple[float, ...]) -> tuple[int, float]:
    """How many recalls after `cut` were foretold, and their mean log loss."""
    import fsrs

    scheduler = fsrs.Scheduler(parameters=parameters, enable_fuzzing=False)
    cards: dict[str, fsrs.Card] = {}
    total, judged = 0.0, 0
    for number, event in enumerate(reviews):
        assert event.card is not None and event.rating is not None
        card = cards.get(event.card) or fsrs.Card(card_id=number + 1, due=_instant(event))
        if number >= cut and card.last_review is not None and _instant(event) > card.last_review:
            expected = min(max(scheduler.get_card_retrievability(card, _instant(event)), 1e-6), 1 - 1e-6)
            total -= math.log(expected if event.rating > 1 else 1 - expected)
            judged += 1
        cards[event.card], _ = scheduler.review_card(card, fsrs.Rating(event.rating), _instant(event))
    return judged, total / judged if judged else 0.0


def _instant(event: Event) -> datetime:
    return datetime(event.day.year, event.day.month, event.day.day, tzinfo=UTC)
