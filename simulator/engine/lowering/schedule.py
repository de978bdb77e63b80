"""Schedule expressions of EventBridge rules: ``rate(5 minutes)`` and ``cron(0 12 * * ? *)``, in UTC.

A run begins at :data:`START`. Sources: AWS docs, "Setting a schedule pattern for scheduled rules".
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

START: Final = datetime(2026, 1, 5, tzinfo=UTC)
"""Simulated time zero: Monday, 5 January 2026, 00:00 UTC."""

_RATE: Final = re.compile(r"rate\(\s*(\d+)\s+(minute|minutes|hour|hours|day|days)\s*\)")
_CRON: Final = re.compile(r"cron\(([^)]*)\)")
_UNITS: Final = {"minute": 60, "hour": 3600, "day": 86_400}
_MONTH_NAMES: Final = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_MONTHS: Final = {name: number for number, name in enumerate(_MONTH_NAMES, 1)}
_DAYS: Final = {name: number for number, name in enumerate(["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"], 1)}


class ScheduleError(ValueError):
    """The expression is not one that EventBridge rules know."""


def fire_times(expression: str, duration_s: float) -> Iterator[float]:
    """The times (s from the start of the run) at which the schedule fires; a rate fires at once, then periodically."""
    rate = _RATE.fullmatch(expression.strip())
    if rate is not None:
        period = int(rate[1]) * _UNITS[rate[2].rstrip("s")]
        if period <= 0:
            raise ScheduleError(f"{expression!r}: the rate must be at least one minute")
        return (float(time) for time in range(0, int(duration_s) + 1, period) if time < duration_s)
    cron = _CRON.fullmatch(expression.strip())
    if cron is None:
        raise ScheduleError(f"{expression!r} is neither rate(value unit) nor cron(six fields)")
    return _cron_times(expression, cron[1].split(), duration_s)


def _cron_times(expression: str, fields: list[str], duration_s: float) -> Iterator[float]:
    if len(fields) != 6:
        raise ScheduleError(
            f"{expression!r} has {len(fields)} fields; cron needs six: minute hour day month weekday year"
        )
    minutes = _values(fields[0], 0, 59, {})
    hours = _values(fields[1], 0, 23, {})
    months = _values(fields[3], 1, 12, _MONTHS)
    years = _values(fields[5], 1970, 2199, {})
    day = START.date()
    while (begin := (datetime(day.year, day.month, day.day, tzinfo=UTC) - START).total_seconds()) < duration_s:
        if (
            day.year in years
            and day.month in months
            and _day_matches(fields[2], fields[4], day.year, day.month, day.day)
        ):
            for hour in sorted(hours):
                for minute in sorted(minutes):
                    time = begin + 3600.0 * hour + 60.0 * minute
                    if time < duration_s:
                        yield time
        day += timedelta(days=1)


def _day_matches(day_field: str, weekday_field: str, year: int, month: int, day: int) -> bool:
    """Day of the month and day of the week; one of the two has to be ``?``, the other decides."""
    weekday = (calendar.weekday(year, month, day) + 1) % 7 + 1
    last = calendar.monthrange(year, month)[1]
    if weekday_field == "?":
        return _day_of_month(day_field, year, month, day, last)
    if day_field != "?":
        raise ScheduleError("cron: either the day of the month or the day of the week must be ?")
    if "#" in weekday_field:
        name, _, which = weekday_field.partition("#")
        return weekday in _values(name, 1, 7, _DAYS) and (day - 1) // 7 + 1 == _number(which, {})
    if weekday_field.endswith("L") and weekday_field != "L":
        return weekday in _values(weekday_field[:-1], 1, 7, _DAYS) and day + 7 > last
    return weekday in _values("7" if weekday_field == "L" else weekday_field, 1, 7, _DAYS)


def _day_of_month(field: str, year: int, month: int, day: int, last: int) -> bool:
    if field == "L":
        return day == last
    if field.endswith("W"):
        wanted = min(_number(field[:-1], {}), last)
        weekday = calendar.weekday(year, month, wanted)
        if weekday == 5:
            wanted += -1 if wanted > 1 else 2
        elif weekday == 6:
            wanted += 1 if wanted < last else -2
        return day == wanted
    return day in _values(field, 1, 31, {})


def _values(field: str, least: int, most: int, names: dict[str, int]) -> frozenset[int]:
    """What a field allows: ``*``, ``?``, numbers, names, ranges, lists and steps."""
    found: set[int] = set()
    for part in field.split(","):
        span, _, step_text = part.partition("/")
        step = _number(step_text, {}) if step_text else 1
        if step < 1:
            raise ScheduleError(f"cron: the step in {part!r} must be at least 1")
        if span in ("*", "?"):
            first, last = least, most
        elif "-" in span:
            first_text, _, last_text = span.partition("-")
            first, last = _number(first_text, names), _number(last_text, names)
        else:
            first = _number(span, names)
            last = most if step_text else first
        if not least <= first <= last <= most:
            raise ScheduleError(f"cron: {part!r} must lie between {least} and {most}")
        found.update(range(first, last + 1, step))
    return frozenset(found)


def _number(text: str, names: dict[str, int]) -> int:
    if text.upper() in names:
        return names[text.upper()]
    if not text.isdigit():
        raise ScheduleError(f"cron: {text!r} is not a number")
    return int(text)
