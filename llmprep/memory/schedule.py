"""When a card comes back: FSRS through the `fsrs` package, as one pure function from state to state.

Everything that the result depends on is in the review and the state before it, never in the configuration,
the clock or a random generator: replaying the log gives the same schedule bit for bit, and what is previewed
for the four keys is what is written. FSRS counts the learner's days (reviews of one evening are the same day,
tomorrow morning is one day later), not periods of 24 hours.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from llmprep.memory.records import CardState, Rating, StoredStage

if TYPE_CHECKING:
    import fsrs

# A question can come back within the evening; a drill or a talk, a quarter of an hour's work, on another day.
SHORT_KINDS = ("question",)
LEARNING_STEPS = (timedelta(minutes=1), timedelta(minutes=10))
RELEARNING_STEPS = (timedelta(minutes=10),)

_STAGE_OF_STATE: dict[int, StoredStage] = {1: "learning", 2: "review", 3: "relearning"}
_STATE_OF_STAGE = {stage: state for state, stage in _STAGE_OF_STATE.items()}


def review(
    state: CardState | None,
    card: str,
    revision: int,
    rating: Rating,
    at: datetime,
    day: date,
    retention: float,
    parameters: tuple[float, ...] | None = None,
) -> CardState:
    """The state of `card` after a review at the instant `at`, which lies in the learner's day `day`.

    `state` is None for a new card. A `revision` above the state's restarts the card as new. `parameters` are
    FSRS's, fitted to this learner; None means its defaults.
    """
    import fsrs

    if state is not None and revision > state.revision:
        state = None
    today = datetime(day.year, day.month, day.day, tzinfo=UTC)
    known = fsrs.Card(card_id=0, due=today) if state is None else _to_fsrs(state)
    scheduler = _scheduler(retention, card.partition("/")[0] in SHORT_KINDS, parameters)
    result, _ = scheduler.review_card(known, fsrs.Rating(rating), today)
    assert result.stability is not None and result.difficulty is not None
    reps = 1 if state is None else state.reps + 1
    interval = result.due - today
    days = _fuzzed(interval.days, card, reps)
    return CardState(
        card=card,
        revision=revision if state is None else state.revision,
        stage=_STAGE_OF_STATE[result.state.value],
        step=result.step,
        stability=result.stability,
        difficulty=result.difficulty,
        due_at=at + interval if days == 0 else None,
        due_day=day + timedelta(days=days) if days else None,
        reps=reps,
        lapses=0 if state is None else state.lapses + (state.stage == "review" and rating == 1),
        last_review=at,
        last_day=day,
        first_day=day if state is None else state.first_day,
    )


def _to_fsrs(state: CardState) -> fsrs.Card:
    import fsrs

    last = datetime(state.last_day.year, state.last_day.month, state.last_day.day, tzinfo=UTC)
    return fsrs.Card(
        card_id=0,  # without one the package sleeps to find a free id
        state=fsrs.State(_STATE_OF_STAGE[state.stage]),
        step=state.step,
        stability=state.stability,
        difficulty=state.difficulty,
        due=last,
        last_review=last,
    )


@cache
def _scheduler(retention: float, short: bool, parameters: tuple[float, ...] | None) -> fsrs.Scheduler:
    import fsrs

    return fsrs.Scheduler(
        parameters=parameters or fsrs.Scheduler().parameters,
        desired_retention=retention,
        learning_steps=LEARNING_STEPS if short else (),
        relearning_steps=RELEARNING_STEPS if short else (),
        enable_fuzzing=False,  # drawn from the global generator: no replay would repeat it
    )


def _fuzzed(days: int, card: str, reps: int) -> int:
    """`days` spread a little, so that cards learned together do not stay together for ever.

    The spread is FSRS's: one day, and 15 % of the days from 2.5 to 7, 10 % of those to 20, 5 % of the rest.
    The place within it depends on the card and the number of its reviews, not on the rating, so that a better
    rating never comes back sooner.
    """
    if days < 3:
        return days
    spread = 1 + 0.15 * (min(days, 7) - 2.5) + 0.10 * max(0, min(days, 20) - 7) + 0.05 * max(0, days - 20)
    earliest, latest = round(days - spread), round(days + spread)
    return earliest + _draw(f"{card}#{reps}", latest - earliest + 1)


def _draw(seed: str, choices: int) -> int:
    """A number below `choices`, the same for the same seed in every process."""
    from hashlib import blake2b

    return int.from_bytes(blake2b(seed.encode(), digest_size=8).digest(), "big") * choices >> 64
