"""Schedules: what AWS takes, the next times, and the place of an error."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.domain.events.schedule_fields import ScheduleError
from designer.domain.events.schedules import Clock, next_times, read_date, read_schedule, time_zone

START = datetime(2026, 11, 25, 8, 20, tzinfo=UTC)
UTC_ZONE = ZoneInfo("UTC")


def times(expression: str, count: int = 3, zone: str = "UTC", start: datetime = START) -> list[str]:
    found = next_times(read_schedule(expression, Clock.SCHEDULER), start, count, time_zone(zone))
    return [fires.strftime("%Y-%m-%dT%H:%M%z").replace("+0000", "Z") for fires in found]


@pytest.mark.point("EVB-03")
@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("rate(5 minutes)", ["2026-11-25T08:20Z", "2026-11-25T08:25Z", "2026-11-25T08:30Z"]),
        ("rate(1 day)", ["2026-11-25T08:20Z", "2026-11-26T08:20Z", "2026-11-27T08:20Z"]),
        ("cron(0/20 9 * * ? *)", ["2026-11-25T09:00Z", "2026-11-25T09:20Z", "2026-11-25T09:40Z"]),
        ("cron(15 10 ? * FRI-MON *)", ["2026-11-27T10:15Z", "2026-11-28T10:15Z", "2026-11-29T10:15Z"]),
        ("cron(0 0 L * ? *)", ["2026-11-30T00:00Z", "2026-12-31T00:00Z", "2027-01-31T00:00Z"]),
        ("cron(0 0 LW * ? *)", ["2026-11-30T00:00Z", "2026-12-31T00:00Z", "2027-01-29T00:00Z"]),
        ("cron(0 0 15W * ? *)", ["2026-12-15T00:00Z", "2027-01-15T00:00Z", "2027-02-15T00:00Z"]),
        ("cron(0 0 1W * ? *)", ["2026-12-01T00:00Z", "2027-01-01T00:00Z", "2027-02-01T00:00Z"]),
        ("cron(0 0 1W AUG ? 2026-2027)", ["2027-08-02T00:00Z"]),
        ("cron(0 18 ? * 6#3 *)", ["2026-12-18T18:00Z", "2027-01-15T18:00Z", "2027-02-19T18:00Z"]),
        ("cron(0 18 ? * FRIL *)", ["2026-11-27T18:00Z", "2026-12-25T18:00Z", "2027-01-29T18:00Z"]),
        ("cron(0 18 ? * L *)", ["2026-11-28T18:00Z", "2026-12-05T18:00Z", "2026-12-12T18:00Z"]),
        ("cron(0 0 29 2 ? *)", ["2028-02-29T00:00Z", "2032-02-29T00:00Z", "2036-02-29T00:00Z"]),
        ("cron(30 7 1,L JAN,DEC ? *)", ["2026-12-01T07:30Z", "2026-12-31T07:30Z", "2027-01-01T07:30Z"]),
        ("cron(0 12 * * ? 2025)", []),
        ("cron(0 12 31 2 ? *)", []),
        ("at(2026-12-01T09:00:00)", ["2026-12-01T09:00Z"]),
        ("at(2026-11-01T09:00:00)", []),
    ],
)
def test_the_next_times_of_a_schedule(expression: str, expected: list[str]) -> None:
    assert times(expression) == expected


@pytest.mark.point("EVB-03")
def test_a_time_zone_follows_summer_time() -> None:
    before = datetime(2027, 3, 27, 0, 0, tzinfo=UTC)
    assert times("cron(0 9 * * ? *)", 2, "Europe/Zurich", before) == ["2027-03-27T09:00+0100", "2027-03-28T09:00+0200"]


def test_a_time_that_summer_time_skips_does_not_fire_and_one_that_comes_twice_fires_once() -> None:
    spring = datetime(2027, 3, 28, 0, 0, tzinfo=UTC)
    assert times("cron(30 2 * * ? *)", 1, "Europe/Zurich", spring) == ["2027-03-29T02:30+0200"]
    autumn = datetime(2026, 10, 24, 22, 0, tzinfo=UTC)
    assert times("cron(30 2 * * ? *)", 2, "Europe/Zurich", autumn) == [
        "2026-10-25T02:30+0200",
        "2026-10-26T02:30+0100",
    ]


@pytest.mark.point("EVB-03")
@pytest.mark.parametrize(
    ("expression", "column", "words"),
    [
        ("every day", 1, "neither"),
        ("  rate(x minutes)", 8, "number"),
        ("rate(5 weeks)", 8, "unit"),
        ("rate(0 minutes)", 6, "at least"),
        ("rate(1 minutes)", 8, "minute after 1"),
        ("cron(0 12 * *)", 6, "4 fields"),
        ("cron(0 12 * * * *)", 11, "? in either"),
        ("cron(0 12 ? * ? *)", 11, "? in either"),
        ("cron(60 12 * * ? *)", 6, "'60' as minutes"),
        ("cron(0 8-24 * * ? *)", 8, "'8-24' as hours"),
        ("cron(0 8 * FOO ? *)", 12, "'FOO' as month"),
        ("cron(0 8 ? * 2#6 *)", 14, "'2#6' as day of week"),
        ("cron(0 8 ? * 0 *)", 14, "'0' as day of week"),
        ("cron(0 8 0W * ? *)", 10, "day of month"),
        ("cron(0 8 * * ? 1969)", 16, "'1969' as year"),
        ("cron(0 8 * * ? 2030-2027)", 16, "year"),
        ("cron(0/0 8 * * ? *)", 6, "'0/0' as minutes"),
        ("at(2026-12-01T09:00:00)", 1, "rules do not know"),
    ],
)
def test_a_bad_schedule_of_a_rule_is_refused_with_the_place_of_the_error(
    expression: str, column: int, words: str
) -> None:
    with pytest.raises(ScheduleError) as caught:
        read_schedule(expression)
    assert caught.value.place.column == column
    assert words in caught.value.message
    assert caught.value.cure


def test_scheduler_knows_single_times_and_zones_and_refuses_bad_ones() -> None:
    with pytest.raises(ScheduleError, match="as its time"):
        read_schedule("at(2026-02-30T09:00:00)", Clock.SCHEDULER)
    with pytest.raises(ScheduleError, match="not a known time zone"):
        time_zone("Mars/Olympus")
    with pytest.raises(ScheduleError, match="not a date"):
        read_date("tomorrow")
    with pytest.raises(ScheduleError, match="the year 9999"):
        read_date("9999-12-31T23:59:59-23:59")
    assert read_date("2026-12-01T00:00:00") == datetime(2026, 12, 1, tzinfo=UTC)


def test_nothing_fires_after_the_end() -> None:
    schedule = read_schedule("rate(1 hour)")
    assert len(next_times(schedule, START, 10, UTC_ZONE, START + timedelta(hours=2))) == 3


@given(
    st.integers(0, 59),
    st.integers(0, 23),
    st.integers(1, 7),
    st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)),  # noqa: DTZ001
)
def test_each_time_has_the_fields_of_its_expression_and_none_is_left_out(
    minute: int, hour: int, weekday: int, start: datetime
) -> None:
    begin = start.replace(tzinfo=UTC)
    found = next_times(read_schedule(f"cron({minute} {hour} ? * {weekday} *)"), begin, 3, UTC_ZONE)
    assert begin <= found[0] < begin + timedelta(days=7)
    assert [later - earlier for earlier, later in itertools.pairwise(found)] == [timedelta(days=7)] * 2
    assert all((fires.minute, fires.hour, fires.isoweekday() % 7 + 1) == (minute, hour, weekday) for fires in found)


@given(st.text("rate(cron)at 0123456789*?/-,LW#:TMONFRI", max_size=40))
def test_no_text_makes_the_parser_fail_otherwise(text: str) -> None:
    for clock in Clock:
        try:
            schedule = read_schedule(text, clock)
        except ScheduleError:
            continue
        next_times(schedule, START, 2, UTC_ZONE)
