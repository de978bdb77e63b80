"""Schedule expressions of EventBridge rules."""

from __future__ import annotations

import pytest

from simulator.engine.lowering.schedule import ScheduleError, fire_times

DAY = 86_400.0


@pytest.mark.point("EVB-03")
@pytest.mark.parametrize(
    ("expression", "hours"),
    [
        ("rate(6 hours)", [0, 6, 12, 18]),
        ("rate(1 day)", [0]),
        ("cron(0 12 * * ? *)", [12]),
        ("cron(0 8-10 ? * MON-FRI *)", [8, 9, 10]),
        ("cron(0 8 ? * 2 2026)", [8]),
        ("cron(0 8 ? * TUE *)", []),
        ("cron(0 0/8 5 1 ? *)", [0, 8, 16]),
        ("cron(0 7,19 L * ? *)", []),
        ("cron(0 9 ? JAN 2#1 *)", [9]),
        ("cron(0 9 5W * ? *)", [9]),
    ],
)
def test_a_schedule_fires_at_its_hours_on_the_first_day(expression: str, hours: list[int]) -> None:
    assert [time / 3600 for time in fire_times(expression, DAY)] == hours


@pytest.mark.parametrize(
    "expression",
    [
        "rate(0 minutes)",
        "rate(5 seconds)",
        "cron(0 12 * * *)",
        "cron(0 12 1 * 2 *)",
        "cron(61 12 * * ? *)",
        "cron(0 12 ? * FOO *)",
        "at noon",
    ],
)
def test_what_is_no_schedule_is_refused(expression: str) -> None:
    with pytest.raises(ScheduleError):
        list(fire_times(expression, DAY))
