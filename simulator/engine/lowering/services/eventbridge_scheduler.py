"""EventBridge Scheduler: fires at its times, within a minute or a flexible window, and calls its target."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from designer.domain.events.located_json import Place
from designer.domain.events.schedule_fields import ScheduleError
from designer.domain.events.schedules import Clock, read_date, time_zone
from designer.domain.graph.model import Node
from simulator.engine import instructions as op
from simulator.engine.lowering.declaration import EVENT
from simulator.engine.lowering.event_targets import Delivering, lower_targets, send_to_targets
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.schedule import START, fire_times

SERVICE = "eventbridge_scheduler"
ENTRIES = (EVENT,)
INVOCATIONS: Final = "invocations"
"""The meter of the schedule's calls, repeated ones counted once."""
MOST_CALLS: Final = 20_000_000
"""Calls of one node in a run; more are refused before the run begins."""


def schedules(node: Node, duration_s: float) -> Iterable[float]:
    """When the schedule fires. A rate without a beginning fires at once."""
    expression = node.value("schedule_expression")
    if node.value("enabled") is False or not isinstance(expression, str) or not expression:
        return ()
    begin, end = str(node.value("start_date") or ""), str(node.value("end_date") or "")
    times = list(
        fire_times(
            expression,
            duration_s,
            clock=Clock.SCHEDULER,
            zone=time_zone(str(node.value("time_zone") or "UTC")),
            begin=read_date(begin) if begin else START,
            until=read_date(end) if end else None,
        )
    )
    calls = len(times) * schedules_like(node)
    if calls > MOST_CALLS:
        raise ScheduleError(f"makes {calls:,} calls in the run; {MOST_CALLS:,} are possible", Place(1, 1, ""))
    return times


def schedules_like(node: Node) -> int:
    """How many schedules the node stands for."""
    return max(int(node.number("schedules", 1.0)), 1)


def lower(plan: Plan, node: Node) -> None:
    """Each schedule waits its own part of the window; the calls share the account's quota and are retried."""
    tables, number = plan.tables, plan.number(node)
    window_s = node.number("flexible_window_min", 0.0) * 60.0 or plan.limit(SERVICE, "precision")
    rate = plan.limit(SERVICE, "invocation_rate")
    quota = plan.account_bucket("scheduler invocations", rate, rate)
    targets = lower_targets(plan, node, Delivering(tables.uniform(0.0, window_s), quota))
    plan.place(node, EVENT)
    tables.emit(op.ARRIVE, node=number, flags=1)
    count = float(schedules_like(node))
    tables.emit(op.METER, node=number, resource=plan.meter(node, INVOCATIONS), x=count, flags=1)
    send_to_targets(plan, node, targets, count)
    tables.emit(op.END)
