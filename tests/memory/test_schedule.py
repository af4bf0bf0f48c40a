from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from llmprep.memory import schedule
from llmprep.memory.records import CardState, Rating

DAY = date(2026, 11, 22)
EVENING = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
CARD = "question/sqrt-dk"


def review(state: CardState | None, rating: Rating, days: int = 0, card: str = CARD) -> CardState:
    day = DAY + timedelta(days=days)
    return schedule.review(state, card, 1, rating, EVENING + timedelta(days=days), day, 0.9)


def test_a_new_question_takes_its_steps_within_the_evening() -> None:
    assert review(None, 1).interval == timedelta(minutes=1)
    assert review(None, 3).interval == timedelta(minutes=10)
    again = review(review(None, 3), 3)
    assert again.stage == "review"
    assert again.due_day == DAY + timedelta(days=2)  # FSRS-6: initial stability of "good" is 2.3 days


def test_drills_and_talks_never_come_back_on_the_same_day() -> None:
    for card in ("drill/attention", "paper/transformer"):
        for rating in (1, 2, 3, 4):
            state = review(None, rating, card=card)
            assert state.interval >= timedelta(days=1)
            assert review(state, 1, days=9, card=card).interval >= timedelta(days=1)


def test_forgetting_counts_as_a_lapse_only_after_it_was_known() -> None:
    known = review(review(None, 1), 4)
    assert (known.reps, known.lapses, known.stage) == (2, 0, "review")
    lapsed = review(known, 1, days=8)
    assert (lapsed.reps, lapsed.lapses, lapsed.stage) == (3, 1, "relearning")
    assert lapsed.interval == timedelta(minutes=10)
    assert review(lapsed, 1, days=8).lapses == 1


def test_a_higher_revision_starts_anew_and_a_lower_one_does_not() -> None:
    known = review(review(None, 4), 4, days=8)
    fresh = schedule.review(known, CARD, 2, 3, EVENING, DAY, 0.9)
    assert (fresh.reps, fresh.revision, fresh.stage, fresh.first_day) == (1, 2, "learning", DAY)
    assert schedule.review(fresh, CARD, 1, 3, EVENING, DAY, 0.9).revision == 2


def test_elapsed_time_is_counted_in_the_learners_days() -> None:
    """Answered late one evening and early the next: 20 hours, but FSRS must see one day of forgetting."""
    known = review(review(None, 3), 3)
    late = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
    first = schedule.review(known, CARD, 1, 3, late, DAY, 0.9)
    next_morning = late + timedelta(hours=20)
    second = schedule.review(first, CARD, 1, 3, next_morning, DAY + timedelta(days=1), 0.9)
    day_later = schedule.review(first, CARD, 1, 3, late + timedelta(hours=24), DAY + timedelta(days=1), 0.9)
    assert second.stability == day_later.stability
    assert second.stability > schedule.review(first, CARD, 1, 3, next_morning, DAY, 0.9).stability


def test_lower_retention_waits_longer() -> None:
    intervals = [
        schedule.review(None, "drill/rope", 1, 4, EVENING, DAY, retention).interval
        for retention in (0.95, 0.9, 0.8)
    ]
    assert intervals[0] < intervals[1] < intervals[2]


def test_cards_learned_together_come_apart() -> None:
    due = {review(None, 4, card=f"drill/d{number}").due_day for number in range(40)}
    assert len(due) > 1
    assert all(day is not None and 6 <= (day - DAY).days <= 10 for day in due)  # 8 days, less or more


def test_every_review_of_a_card_is_drawn_anew() -> None:
    assert len({schedule._fuzzed(100, CARD, reps) for reps in range(1, 30)}) > 5


def test_another_process_draws_the_same() -> None:
    program = (
        "from datetime import UTC, date, datetime; from llmprep.memory import schedule;"
        "print([schedule.review(None, f'drill/d{n}', 1, 4, datetime(2026, 11, 22, 12, tzinfo=UTC),"
        " date(2026, 11, 22), 0.9).interval.days for n in range(20)])"
    )
    here = [review(None, 4, card=f"drill/d{number}").interval.days for number in range(20)]
    there = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert there.strip() == str(here)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(
    ratings=st.lists(st.sampled_from([1, 2, 3, 4]), min_size=1, max_size=12),
    gaps=st.lists(st.integers(-1, 60), min_size=12, max_size=12),
    card=st.sampled_from(["question/a", "drill/b", "paper/c"]),
)
def test_a_better_rating_never_comes_back_sooner(ratings: list[Rating], gaps: list[int], card: str) -> None:
    state, days = None, 0
    for rating, gap in zip(ratings, gaps, strict=False):
        state = review(state, rating, days, card)
        days += gap
    intervals = [review(state, rating, days, card).interval for rating in (2, 3, 4)]
    assert intervals == sorted(intervals)
    assert review(state, 1, days, card).interval <= intervals[0]


@pytest.mark.parametrize("days", [1, 2])
def test_short_intervals_are_not_spread(days: int) -> None:
    assert {schedule._fuzzed(days, f"question/{number}", 1) for number in range(50)} == {days}


def test_the_spread_is_centred_and_bounded() -> None:
    drawn = [schedule._fuzzed(100, f"question/{number}", 7) for number in range(2000)]
    assert min(drawn) == 93 and max(drawn) == 107  # 1 + 15 % of 4.5 + 10 % of 13 + 5 % of 80 = 6.975
    assert abs(sum(drawn) / len(drawn) - 100) < 0.5
