"""Schedules of EventBridge Scheduler, and times that never come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

from designer.domain.catalog.sources import aws_docs, service_model
from designer.domain.connections.spec import Mode
from designer.domain.events.schedules import Clock
from designer.domain.events.trial import ScheduleTrial, try_schedule
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.graph.operations import AddNode, Operation, SetEdgeConnection
from designer.domain.rules.fixes import add_failure_queue, new_node, place_beside, set_node
from designer.domain.rules.meanings import names
from designer.domain.rules.problem import Problem, problem
from designer.domain.rules.registry import rule
from designer.domain.rules.rule import Fix, Scope, Severity

_SCHEDULER: Final = ("eventbridge_scheduler",)
_TYPES: Final = aws_docs("Schedule types in EventBridge Scheduler", "scheduler/latest/UserGuide/schedule-types.html")
_BEGIN: Final = datetime(2026, 1, 5, tzinfo=UTC)
"""When runs begin; a time before it never comes in one."""
_SETTINGS: Final = {"expression": "schedule_expression"}
"""The parameter that holds a text of a trial, where its name is another."""
_DEFAULTS: Final = {"schedule_expression": "rate(1 hour)", "time_zone": None, "start_date": None, "end_date": None}


@rule(
    "L104",
    Severity.ERROR,
    "Schedule that Scheduler refuses",
    scope=Scope.NODE,
    only=_SCHEDULER,
    why="AWS rejects the schedule.",
    source=_TYPES,
)
def schedule_refused(design: Design, schedule: Node) -> Iterator[Problem]:
    """The expression, its time zone or one of its dates cannot be read."""
    del design
    trial = _trial(schedule)
    if trial is None or trial.fault is None:
        return
    parameter = _SETTINGS.get(trial.fault.text, trial.fault.text)
    error = trial.fault.error
    fixed = _DEFAULTS[parameter]
    value = schedule.value(parameter)
    yield problem(
        schedule,
        f"{schedule.label}: {value!r} {error.message} (column {error.place.column}). {error.cure}",
        set_node(schedule, f"Use {fixed}" if fixed else "Remove the value", **{parameter: fixed}),
        parameter=parameter,
    )


@rule(
    "R100",
    Severity.ERROR,
    "Schedule without a time",
    scope=Scope.NODE,
    only=_SCHEDULER,
    why="AWS refuses a schedule that has no expression.",
    source=service_model("scheduler", "CreateSchedule.ScheduleExpression"),
)
def schedule_without_time(design: Design, schedule: Node) -> Iterator[Problem]:
    """Nothing says when it fires."""
    del design
    if not schedule.value("schedule_expression"):
        yield problem(
            schedule,
            f"{schedule.label} does not say when it fires.",
            set_node(schedule, "Fire every hour", schedule_expression="rate(1 hour)"),
            parameter="schedule_expression",
        )


@rule(
    "R104",
    Severity.WARNING,
    "Schedule that never fires",
    scope=Scope.NODE,
    only=("eventbridge_rule", "eventbridge_scheduler"),
    why="AWS takes the expression, but its time is past or is no day of any year.",
    source=_TYPES,
)
def schedule_never_fires(design: Design, node: Node) -> Iterator[Problem]:
    """There is no time from the beginning of runs on at which it fires."""
    del design
    if node.service == "eventbridge_rule" and node.value("kind") != "schedule":
        return
    trial = _trial(node)
    if trial is not None and trial.fault is None and not trial.times:
        yield problem(
            node,
            f"{node.label} never fires from 5 January 2026 on, when runs begin.",
            set_node(node, "Fire every hour", schedule_expression="rate(1 hour)", start_date=None, end_date=None)
            if node.service == "eventbridge_scheduler"
            else set_node(node, "Fire every hour", schedule_expression="rate(1 hour)"),
            parameter="schedule_expression",
        )


@rule(
    "R105",
    Severity.WARNING,
    "Schedule without a target",
    scope=Scope.NODE,
    only=_SCHEDULER,
    why="AWS refuses a schedule without a target.",
    source=service_model("scheduler", "CreateSchedule.Target"),
)
def schedule_without_target(design: Design, schedule: Node) -> Iterator[Problem]:
    """Nothing is behind the schedule."""
    if not _targets(design, schedule):
        yield problem(schedule, f"{schedule.label} has no target.")


@rule(
    "R106",
    Severity.ERROR,
    "Schedule with several targets",
    scope=Scope.NODE,
    only=_SCHEDULER,
    why="A schedule has exactly one target.",
    source=service_model("scheduler", "CreateSchedule.Target"),
)
def schedule_with_several_targets(design: Design, schedule: Node) -> Iterator[Problem]:
    """More than one arrow leaves the schedule."""
    targets = _targets(design, schedule)
    if len(targets) > 1:
        yield problem(
            schedule,
            f"{schedule.label} has {len(targets)} targets; a schedule has one.",
            _split(design, schedule, targets[1:]),
        )


@rule(
    "R110",
    Severity.ADVICE,
    "Schedule without a dead-letter queue",
    scope=Scope.NODE,
    only=_SCHEDULER,
    why="Scheduler tries for 24 hours and drops the call then, and nobody notices that the time was missed.",
    source=aws_docs(
        "Configuring a dead-letter queue for Scheduler", "scheduler/latest/UserGuide/configuring-schedule-dlq.html"
    ),
)
def schedule_without_dead_letter_queue(design: Design, schedule: Node) -> Iterator[Problem]:
    """The schedule has a target, and no queue for calls that it does not accept."""
    targets = _targets(design, schedule)
    if targets and not any(edge.mode is Mode.FAILURE for edge in design.outgoing(schedule.id)):
        yield problem(
            schedule,
            f"Calls that {names([design.nodes[edge.target] for edge in targets])} does not accept are lost.",
            add_failure_queue(
                design, schedule, "eventbridge_scheduler.sqs_standard.target_dlq", "Add a queue for missed calls"
            ),
        )


def _trial(node: Node) -> ScheduleTrial | None:
    """The first time of the node's schedule; None when it has none, or one that only the deployment knows."""
    values = tuple(str(node.value(key) or "") for key in _DEFAULTS)
    if not values[0] or any("${" in value for value in values):
        return None
    return _first_time(node.service == "eventbridge_rule", *values)


@lru_cache(maxsize=1_024)
def _first_time(is_rule: bool, expression: str, zone: str, begin: str, end: str) -> ScheduleTrial:  # noqa: FBT001
    if is_rule:
        return try_schedule(expression, Clock.RULE, _BEGIN, count=1)
    return try_schedule(
        expression,
        Clock.SCHEDULER,
        _BEGIN,
        zone_name=zone or "UTC",
        start_date=begin,
        end_date=end,
        count=1,
    )


def _targets(design: Design, schedule: Node) -> list[Edge]:
    return [edge for edge in design.outgoing(schedule.id) if edge.mode is not Mode.FAILURE]


def _split(design: Design, schedule: Node, surplus: list[Edge]) -> Fix:
    """A schedule of its own, with the same settings, for each further target."""
    operations: list[Operation] = []
    grown = design
    for edge in surplus:
        twin = new_node(
            grown,
            f"{schedule.id}-more",
            schedule.service,
            schedule.label,
            place=place_beside(grown, schedule),
            parameters=dict(schedule.parameters),
        )
        grown = replace(grown, nodes={**grown.nodes, twin.id: twin})
        operations += [AddNode(twin), SetEdgeConnection(replace(edge, source=twin.id))]
    return Fix("Give each target a schedule of its own", tuple(operations))
