"""When the schedules of a design fire in a run, which begins at :data:`START`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from designer.domain.events.schedule_fields import ScheduleError
from designer.domain.events.schedules import Clock, Rate, read_schedule

__all__ = ["START", "ScheduleError", "fire_times"]

START: Final = datetime(2026, 1, 5, tzinfo=UTC)
"""Simulated time zero: Monday, 5 January 2026, 00:00 UTC."""

_UTC: Final = ZoneInfo("UTC")


def fire_times(
    expression: str,
    duration_s: float,
    *,
    clock: Clock = Clock.RULE,
    zone: ZoneInfo = _UTC,
    begin: datetime = START,
    until: datetime | None = None,
) -> Iterator[float]:
    """The times (s from the start of the run) at which the schedule fires; a rate fires at once, then periodically.

    A schedule that begins before the run has gone on as if there had been none.
    """
    schedule = read_schedule(expression, clock)
    first = schedule.next_from(begin, START) if isinstance(schedule, Rate) else max(begin, START)
    for fires in schedule.times(first, zone):
        time = (fires - START).total_seconds()
        if time >= duration_s or (until is not None and fires > until):
            return
        yield time
