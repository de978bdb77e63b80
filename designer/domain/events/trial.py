"""What a person sees when trying a pattern or a schedule: the outcome, or the error with its place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from designer.domain.events.dialects import EVENT_BUS, Dialect
from designer.domain.events.envelope import never_fits
from designer.domain.events.filters import Verdict, read_filter, try_filter
from designer.domain.events.located_json import TextError, read_json
from designer.domain.events.schedules import Clock, Rate, next_times, read_date, read_schedule, time_zone


@dataclass(frozen=True, slots=True)
class Fault:
    """An error in one of the texts; ``text`` says in which."""

    text: str
    error: TextError


@dataclass(frozen=True, slots=True)
class PatternTrial:
    """The outcome of a pattern on an event. Without an event only the pattern is read."""

    verdict: Verdict | None = None
    fault: Fault | None = None
    never: str = ""
    """Why no event at all can fit, for patterns of a bus."""


@dataclass(frozen=True, slots=True)
class ScheduleTrial:
    """The next times of a schedule."""

    times: tuple[datetime, ...] = ()
    fault: Fault | None = None
    note: str = ""


def try_pattern(pattern: str, event: str, dialect: Dialect) -> PatternTrial:
    """Read the pattern, and match it against the event if there is one."""
    try:
        patterns = read_filter(pattern, dialect)
    except TextError as error:
        return PatternTrial(fault=Fault("pattern", error))
    never = never_fits(patterns[0]) if dialect is EVENT_BUS else ""
    if not event.strip():
        return PatternTrial(never=never)
    try:
        read_json(event)
        return PatternTrial(try_filter(pattern, event, dialect), never=never)
    except TextError as error:
        return PatternTrial(fault=Fault("event", error), never=never)


def try_schedule(
    expression: str,
    clock: Clock,
    now: datetime,
    *,
    zone_name: str = "UTC",
    start_date: str = "",
    end_date: str = "",
    count: int = 5,
) -> ScheduleTrial:
    """The next ``count`` times from ``now``."""
    text = "expression"
    try:
        schedule = read_schedule(expression, clock)
        text = "time_zone"
        zone = time_zone(zone_name)
        text = "start_date"
        start = max(read_date(start_date), now) if start_date else now
        begins = read_date(start_date) if start_date and isinstance(schedule, Rate) else start
        text = "end_date"
        until = read_date(end_date) if end_date else None
    except TextError as error:
        return ScheduleTrial(fault=Fault(text, error))
    if isinstance(schedule, Rate) and begins < now:
        begins = schedule.next_from(begins, now)
    found = tuple(next_times(schedule, begins, count, zone, until))
    if not found:
        return ScheduleTrial(note="It never fires again.")
    counted = isinstance(schedule, Rate) and not start_date
    return ScheduleTrial(found, note="Counted from the moment at which it is created." if counted else "")
