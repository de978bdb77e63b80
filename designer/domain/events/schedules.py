"""Schedule expressions of EventBridge rules and of EventBridge Scheduler: rate, cron and at.

One parser for the checks, for the inspector and for runs. Sources: AWS docs, "Setting a schedule pattern for
scheduled rules" and "Schedule types in EventBridge Scheduler".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo

from designer.domain.events.located_json import Place
from designer.domain.events.schedule_fields import (
    FIELDS,
    HOURS,
    MINUTES,
    MONTH,
    YEAR,
    DayRule,
    ScheduleError,
    day_rule,
    plain_values,
)

LONGEST_EXPRESSION: Final = 256
_RATE: Final = re.compile(r"rate\(\s*(\S+?)\s+([^\s)]+)\s*\)")
_CRON: Final = re.compile(r"cron\(([^)]*)\)")
_AT: Final = re.compile(r"at\(([^)]*)\)")
_UNITS_S: Final = {"minute": 60, "hour": 3_600, "day": 86_400}


class Clock(StrEnum):
    """Who reads the expression: rules know rate and cron, Scheduler knows at too."""

    RULE = "rule"
    SCHEDULER = "scheduler"


@dataclass(frozen=True, slots=True)
class Rate:
    """Fires again and again, counted from when it begins."""

    period_s: int

    def next_from(self, begin: datetime, now: datetime) -> datetime:
        """The first of the times since ``begin`` that is not before ``now``."""
        passed = -((begin - now) // timedelta(seconds=self.period_s))
        return begin + max(passed, 0) * timedelta(seconds=self.period_s)

    def times(self, start: datetime, zone: ZoneInfo) -> Iterator[datetime]:
        """The times from ``start`` on, the first of them ``start`` itself."""
        del zone
        at = start.astimezone(UTC)
        while True:
            yield at
            try:
                at += timedelta(seconds=self.period_s)
            except OverflowError:
                return


@dataclass(frozen=True, slots=True)
class At:
    """Fires once, at a time of the wall clock."""

    wall: datetime

    def times(self, start: datetime, zone: ZoneInfo) -> Iterator[datetime]:
        """The time, unless it lies before ``start``."""
        fires = self.wall.replace(tzinfo=zone).astimezone(UTC)
        if fires >= start:
            yield fires


@dataclass(frozen=True, slots=True)
class Cron:
    """Fires at minutes of the wall clock."""

    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days: DayRule
    months: frozenset[int]
    years: frozenset[int]

    def times(self, start: datetime, zone: ZoneInfo) -> Iterator[datetime]:
        """The times from ``start`` on. What summer time skips is skipped; what comes twice fires once."""
        for day in self._days(start.astimezone(zone).date()):
            for hour in self.hours:
                for minute in self.minutes:
                    wall = datetime.combine(day, time(hour, minute), tzinfo=zone)
                    fires = wall.astimezone(UTC)
                    if fires >= start and fires.astimezone(zone).replace(tzinfo=None) == wall.replace(tzinfo=None):
                        yield fires

    def _days(self, first: date) -> Iterator[date]:
        for year in sorted(year for year in self.years if year >= first.year):
            for month in sorted(self.months):
                day = max(date(year, month, 1), first)
                while (day.year, day.month) == (year, month):
                    if self.days.holds(year, month, day.day):
                        yield day
                    day += timedelta(days=1)


Schedule = Rate | Cron | At


def read_schedule(expression: str, clock: Clock = Clock.RULE) -> Schedule:
    """The schedule of the expression; ScheduleError when AWS refuses it."""
    text = expression.strip()
    indent = len(expression) - len(expression.lstrip())
    if len(text) > LONGEST_EXPRESSION:
        raise _error("is longer than 256 characters", 1, "Shorten it.")
    rate = _RATE.fullmatch(text)
    if rate is not None:
        return _rate(rate, indent, clock)
    cron = _CRON.fullmatch(text)
    if cron is not None:
        return _cron(text, cron, indent)
    at = _AT.fullmatch(text)
    if at is not None:
        return _at(at, indent, clock)
    known = "neither rate(5 minutes) nor cron(0 12 * * ? *)"
    cure = "Write rate(5 minutes) or cron(0 12 * * ? *)."
    if clock is Clock.SCHEDULER:
        known += " nor at(2026-12-01T09:00:00)"
    raise _error(f"is {known}", indent + 1, cure)


def next_times(
    schedule: Schedule, start: datetime, count: int, zone: ZoneInfo, until: datetime | None = None
) -> list[datetime]:
    """The first times from ``start`` on, in the zone."""
    found = islice(schedule.times(start, zone), count)
    return [fires.astimezone(zone) for fires in found if until is None or fires <= until]


def time_zone(name: str) -> ZoneInfo:
    """The zone of this name; ScheduleError when there is none."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise _error("is not a known time zone", 1, "Write a name such as Europe/Zurich or UTC.") from None


def read_date(text: str) -> datetime:
    """A date with time as Scheduler takes it; ScheduleError when it is none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise _error("is not a date", 1, "Write for instance 2026-12-01T00:00:00Z.") from None
    if not YEAR.least <= found.year <= YEAR.most:
        raise _error(f"has the year {found.year}", 1, f"Years go from {YEAR.least} to {YEAR.most}.")
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def schedule_error(expression: str, clock: Clock = Clock.RULE) -> str:
    """What is wrong with the expression, as the rest of a sentence; empty when AWS takes it."""
    try:
        read_schedule(expression, clock)
    except ScheduleError as error:
        return error.message
    return ""


def _rate(match: re.Match[str], indent: int, clock: Clock) -> Rate:
    number, unit = match[1], match[2]
    columns = [indent + match.start(group) + 1 for group in (1, 2)]
    if not number.isdigit() or not number.isascii() or len(number) > 9:
        raise _error(f"has {number!r} as its number", columns[0], "Write a whole number.")
    singular = unit.removesuffix("s")
    if singular not in _UNITS_S:
        raise _error(
            f"has {unit!r} as its unit", columns[1], "Units are minute, hour and day, or minutes, hours, days."
        )
    value = int(number)
    if value < 1:
        raise _error("has to be at least 1 minute", columns[0], "Write rate(1 minute) or more.")
    if clock is Clock.RULE and (value == 1) == unit.endswith("s"):
        right = singular if value == 1 else f"{singular}s"
        raise _error(f"needs {right} after {value}", columns[1], f"Write rate({value} {right}).")
    return Rate(value * _UNITS_S[singular])


def _cron(text: str, match: re.Match[str], indent: int) -> Cron:
    begin = indent + match.start(1)
    fields = [(found[0], begin + found.start() + 1) for found in re.finditer(r"\S+", match[1])]
    if len(fields) != len(FIELDS):
        names = ", ".join(kind.name for kind in FIELDS)
        raise _error(
            f"has {len(fields)} fields; cron takes 6: {names}",
            begin + 1,
            f"Write for instance cron(0 12 * * ? *) instead of {text}.",
        )
    minutes, hours, day, month, weekday, year = fields
    return Cron(
        tuple(sorted(plain_values(*minutes, MINUTES))),
        tuple(sorted(plain_values(*hours, HOURS))),
        day_rule(*day, *weekday),
        plain_values(*month, MONTH),
        plain_values(*year, YEAR),
    )


def _at(match: re.Match[str], indent: int, clock: Clock) -> At:
    column = indent + match.start(1) + 1
    if clock is Clock.RULE:
        raise _error("is at(...), which rules do not know", indent + 1, "Use EventBridge Scheduler for a single time.")
    if re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", match[1].strip()) is not None:
        with suppress(ValueError):
            wall = datetime.fromisoformat(match[1].strip())
            if YEAR.least <= wall.year <= YEAR.most:
                return At(wall)
    raise _error(f"has {match[1]!r} as its time", column, "Write for instance at(2026-12-01T09:00:00).")


def _error(message: str, column: int, cure: str) -> ScheduleError:
    return ScheduleError(message, Place(1, column, ""), cure)
