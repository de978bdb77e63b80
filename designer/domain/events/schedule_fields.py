"""One field of a cron expression: which values it allows."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from typing import Final

from designer.domain.events.located_json import Place, TextError

_MONTHS: Final = {
    name: number
    for number, name in enumerate(
        ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"), 1
    )
}
_DAYS: Final = {name: number for number, name in enumerate(("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"), 1)}


class ScheduleError(TextError):
    """A schedule expression that AWS refuses: why, where, and what to write instead."""


@dataclass(frozen=True, slots=True)
class FieldKind:
    """What a field of a cron expression may hold."""

    name: str
    least: int
    most: int
    words: dict[str, int]
    example: str


FIELDS: Final = (
    FieldKind("minutes", 0, 59, {}, "0/15"),
    FieldKind("hours", 0, 23, {}, "8-17"),
    FieldKind("day of month", 1, 31, {}, "1, L, 15W or ?"),
    FieldKind("month", 1, 12, _MONTHS, "JAN-MAR"),
    FieldKind("day of week", 1, 7, _DAYS, "MON-FRI, FRIL, 2#1 or ?"),
    FieldKind("year", 1970, 2199, {}, "*"),
)
MINUTES, HOURS, DAY_OF_MONTH, MONTH, DAY_OF_WEEK, YEAR = FIELDS


def plain_values(text: str, column: int, kind: FieldKind) -> frozenset[int]:
    """The values that a field of numbers, names, ranges, lists and steps allows."""
    found: set[int] = set()
    for part in text.split(","):
        found.update(_part(part, column, kind, text))
        column += len(part) + 1
    return frozenset(found)


def _part(part: str, column: int, kind: FieldKind, whole: str) -> list[int]:
    span, slash, step_text = part.partition("/")
    step = int(step_text) if step_text.isdigit() else 0
    if slash and step < 1:
        raise _wrong(whole, column, kind, "The step behind / has to be a number of at least 1.")
    if span == "*":
        first, last = kind.least, kind.most
    elif "-" in span:
        first_text, _, last_text = span.partition("-")
        first, last = (_number(end, column, kind, whole) for end in (first_text, last_text))
    else:
        first = _number(span, column, kind, whole)
        last = kind.most if slash else first
    every = list(range(first, last + 1)) if first <= last else _around(first, last, kind, whole, column)
    return every[:: max(step, 1)]


def _around(first: int, last: int, kind: FieldKind, whole: str, column: int) -> list[int]:
    """A range over the end of the day, week or year, such as FRI-MON."""
    if kind is YEAR:
        raise _wrong(whole, column, kind, "The first year comes after the last.")
    return [*range(first, kind.most + 1), *range(kind.least, last + 1)]


def _number(text: str, column: int, kind: FieldKind, whole: str) -> int:
    value = kind.words.get(text.upper())
    if value is None and text.isdigit() and text.isascii() and len(text) <= 4:
        value = int(text)
    if value is None or not kind.least <= value <= kind.most:
        words = f" or {next(iter(kind.words))} to {list(kind.words)[-1]}" if kind.words else ""
        raise _wrong(whole, column, kind, f"Allowed are {kind.least} to {kind.most}{words}.")
    return value


def _wrong(text: str, column: int, kind: FieldKind, why: str) -> ScheduleError:
    return ScheduleError(
        f"has {text!r} as {kind.name}", Place(1, column, ""), f"{why} Write for instance {kind.example}."
    )


@dataclass(frozen=True, slots=True)
class DayRule:
    """On which days of a month the schedule fires: by the day's number or by its weekday."""

    numbers: frozenset[int] | None = None
    weekdays: frozenset[int] | None = None
    """1 is Sunday."""
    nearest_weekday_to: int = 0
    """15 for 15W; 32 for LW, the last weekday of the month."""
    last: bool = False
    """The last day of the month, or the last of the weekday."""
    which: int = 0
    """3 for the third of the weekday."""

    def holds(self, year: int, month: int, day: int) -> bool:
        """Whether the day is one of them."""
        length = calendar.monthrange(year, month)[1]
        if self.nearest_weekday_to:
            return day == _nearest_weekday(year, month, min(self.nearest_weekday_to, length), length)
        if self.weekdays is not None:
            if (calendar.weekday(year, month, day) + 1) % 7 + 1 not in self.weekdays:
                return False
            return (not self.last or day + 7 > length) and (not self.which or (day - 1) // 7 + 1 == self.which)
        if self.last and day == length:
            return True
        return self.numbers is not None and day in self.numbers


def _nearest_weekday(year: int, month: int, wanted: int, length: int) -> int:
    weekday = calendar.weekday(year, month, wanted)
    if weekday == calendar.SATURDAY:
        return wanted - 1 if wanted > 1 else wanted + 2
    if weekday == calendar.SUNDAY:
        return wanted + 1 if wanted < length else wanted - 2
    return wanted


def day_rule(month_text: str, month_column: int, week_text: str, week_column: int) -> DayRule:
    """The days that the two fields allow together; exactly one of them is ``?``."""
    if (month_text == "?") == (week_text == "?"):
        raise ScheduleError(
            "has to have ? in either day of month or day of week",
            Place(1, month_column, ""),
            "Put ? into the field that does not decide.",
        )
    if week_text == "?":
        return _day_of_month(month_text.upper(), month_column)
    return _day_of_week(week_text.upper(), week_column)


def _day_of_month(text: str, column: int) -> DayRule:
    if text == "L":
        return DayRule(last=True)
    if text == "LW":
        return DayRule(nearest_weekday_to=32)
    if text.endswith("W") and "," not in text:
        return DayRule(nearest_weekday_to=_number(text[:-1], column, DAY_OF_MONTH, text))
    parts = text.split(",")
    others = [part for part in parts if part != "L"]
    return DayRule(numbers=plain_values(",".join(others), column, DAY_OF_MONTH) if others else None, last="L" in parts)


def _day_of_week(text: str, column: int) -> DayRule:
    counted = re.fullmatch(r"([^#,]+)#(\d)", text)
    if counted is not None:
        if counted[2] not in "12345":
            raise _wrong(text, column, DAY_OF_WEEK, "Behind # stands 1 to 5: which of the weekday in the month.")
        day = _number(counted[1], column, DAY_OF_WEEK, text)
        return DayRule(weekdays=frozenset({day}), which=int(counted[2]))
    if text == "L":
        return DayRule(weekdays=frozenset({_DAYS["SAT"]}))
    if text.endswith("L") and "," not in text:
        return DayRule(weekdays=frozenset({_number(text[:-1], column, DAY_OF_WEEK, text)}), last=True)
    return DayRule(weekdays=plain_values(text, column, DAY_OF_WEEK))
