from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from llmprep.memory.clock import Clock
from llmprep.memory.problems import MemoryProblem

CENTRAL_EUROPE = "CET-1CEST,M3.5.0,M10.5.0/3"
PACIFIC = "PST8PDT,M3.2.0,M11.1.0"
CHANGES = [  # in UTC, of both zones
    datetime(2026, 3, 29, 1),
    datetime(2026, 10, 25, 1),
    datetime(2026, 3, 8, 10),
    datetime(2026, 11, 1, 9),
]


def test_naive_moments_are_local_and_offsets_are_honoured(at: Callable[[str], None]) -> None:
    at("2026-11-22T20:00")
    assert Clock().now() == datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    at("2026-11-22T20:00:00.25-05:00")
    assert Clock().now() == datetime(2026, 11, 23, 1, 0, 0, 250000, tzinfo=UTC)
    assert Clock().now().tzinfo is UTC


def test_unmoved_it_is_the_present() -> None:
    before = datetime.now(UTC)
    assert before <= Clock().now() <= datetime.now(UTC)


@pytest.mark.parametrize("moment", ["tomorrow", "20:00", "9999-11-22T20:00", "0001-01-01T00:00"])
def test_nonsense_is_a_problem(at: Callable[[str], None], moment: str) -> None:
    at(moment)
    with pytest.raises(MemoryProblem) as caught:
        Clock().now()
    assert (caught.value.kind, caught.value.detail) == ("clock-broken", moment)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-11-22T04:00", date(2026, 11, 22)),
        ("2026-11-23T03:59:59.999999", date(2026, 11, 22)),
        ("2026-11-23T04:00", date(2026, 11, 23)),
    ],
)
def test_the_day_turns_at_four(at: Callable[[str], None], moment: str, day: date) -> None:
    at(moment)
    assert Clock().today() == day


def test_the_end_of_today_is_its_last_instant(at: Callable[[str], None]) -> None:
    at("2026-11-23T01:00")
    clock = Clock()
    assert clock.end_of_today() == datetime(2026, 11, 22, 19, 59, 59, 999999, tzinfo=UTC)
    assert clock.day_of(clock.end_of_today()) == clock.today()


def test_the_learner_chooses_when_the_day_turns(at: Callable[[str], None]) -> None:
    at("2026-11-23T01:00")
    assert Clock(time(0, 0)).today() == date(2026, 11, 23)


def test_days_of_daylight_saving_have_23_and_25_hours(live_in: Callable[[str], None]) -> None:
    live_in(CENTRAL_EUROPE)
    clock = Clock(time(0, 0))

    def length(day: date) -> timedelta:
        return clock.day_start(day + timedelta(days=1)) - clock.day_start(day)

    assert length(date(2026, 3, 29)) == timedelta(hours=23)
    assert length(date(2026, 10, 25)) == timedelta(hours=25)
    assert length(date(2026, 10, 26)) == timedelta(hours=24)


@pytest.mark.parametrize("zone", [CENTRAL_EUROPE, PACIFIC, "CST-8", "UTC0"])
@settings(deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    instant=st.one_of(
        st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)),
        st.sampled_from(CHANGES).flatmap(
            lambda change: st.datetimes(change - timedelta(hours=3), change + timedelta(hours=3))
        ),
    ),
    turns=st.sampled_from([time(0, 0), time(1, 30), time(2, 30), time(4, 0), time(11, 59)]),
)
def test_days_follow_one_another_without_gap_or_overlap(
    live_in: Callable[[str], None], zone: str, instant: datetime, turns: time
) -> None:
    """Also when the day turns in the hour that is skipped or repeated."""
    live_in(zone)
    clock = Clock(turns)
    instant = instant.replace(tzinfo=UTC)
    day = clock.day_of(instant)
    assert clock.day_start(day) <= instant < clock.day_start(day + timedelta(days=1))
