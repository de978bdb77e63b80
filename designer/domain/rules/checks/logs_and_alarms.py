"""Log groups and alarms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from designer.domain.catalog.registry import services
from designer.domain.catalog.sources import aws_docs, service_model
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.graph.operations import AddEdge, AddNode
from designer.domain.rules.fixes import new_edge, new_node, place_beside, remove_edge, remove_edges, set_node
from designer.domain.rules.meanings import names
from designer.domain.rules.problem import Problem, problem
from designer.domain.rules.registry import rule
from designer.domain.rules.rule import Fix, Scope, Severity

_LOGS: Final = ("cloudwatch_logs",)
_ALARM: Final = ("cloudwatch_alarm",)
_RETENTIONS: Final = (
    *(1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1_096),
    *(1_827, 2_192, 2_557, 2_922, 3_288, 3_653),
)
_RETENTION: Final = service_model("logs", "PutRetentionPolicy.retentionInDays")
_HIGH_RESOLUTION_S: Final = (10, 20, 30)
_SUBSCRIPTIONS: Final = aws_docs(
    "Log group-level subscription filters", "AmazonCloudWatch/latest/logs/SubscriptionFilters.html"
)
_PUT_ALARM: Final = "PutMetricAlarm."


def _subscriptions(design: Design, group: Node) -> list[Edge]:
    return [
        edge
        for edge in design.outgoing(group.id)
        if edge.connection.startswith("cloudwatch_logs.") and edge.connection.endswith(".subscription")
    ]


def _actions(design: Design, alarm: Node) -> list[Edge]:
    return [
        edge
        for edge in design.outgoing(alarm.id)
        if edge.connection.startswith("cloudwatch_alarm.") and edge.connection.endswith(".action")
    ]


@rule(
    "M161",
    Severity.ADVICE,
    "Log lines kept for ever",
    scope=Scope.NODE,
    only=_LOGS,
    why="Without a retention nothing is ever deleted, and all of it is billed each month.",
    source=_RETENTION,
)
def endless_logs(design: Design, group: Node) -> Iterator[Problem]:
    """The log group has no retention."""
    del design
    if group.value("retention_days") is None:
        yield problem(
            group,
            f"{group.label} never deletes a line.",
            set_node(group, "Keep lines for 30 days", retention_days=30),
            parameter="retention_days",
        )


@rule(
    "L169",
    Severity.ERROR,
    "Retention that AWS does not offer",
    scope=Scope.NODE,
    only=_LOGS,
    why="CloudWatch Logs takes a fixed list of retentions and rejects others.",
    source=_RETENTION,
)
def unknown_retention(design: Design, group: Node) -> Iterator[Problem]:
    """The retention is none of those that exist."""
    del design
    days = group.number("retention_days", 30)
    if days not in _RETENTIONS:
        longer = next((known for known in _RETENTIONS if known > days), _RETENTIONS[-1])
        yield problem(
            group,
            f"{days:g} days is none of the retentions that AWS offers.",
            set_node(group, f"Keep lines for {longer:,} days", retention_days=longer),
            parameter="retention_days",
        )


@rule(
    "L170",
    Severity.ERROR,
    "More than two subscriptions",
    scope=Scope.NODE,
    only=_LOGS,
    why="A log group has two subscription filters at most. To reach more, send the lines to a data stream.",
    source=_SUBSCRIPTIONS,
)
def too_many_subscriptions(design: Design, group: Node) -> Iterator[Problem]:
    """Three or more subscriptions leave the log group."""
    subscriptions = _subscriptions(design, group)
    most = int(services()["cloudwatch_logs"].limit("subscription_filters").value)
    if len(subscriptions) > most:
        yield problem(
            group,
            f"{group.label} would pass its lines on to {names([design.nodes[e.target] for e in subscriptions])}.",
            remove_edges(subscriptions[most:], "Keep the first two"),
        )


@rule(
    "R169",
    Severity.ERROR,
    "Function triggers itself through its log",
    scope=Scope.EDGE,
    only=("cloudwatch_logs.lambda.subscription",),
    why="Every call writes log lines, and every log line causes a call: it never ends and is billed all the while.",
    source=_SUBSCRIPTIONS,
)
def function_reads_its_own_log(design: Design, edge: Edge) -> Iterator[Problem]:
    """A function subscribes to the log group that it writes to."""
    if edge.value("filter_pattern"):
        return
    if any(other.source == edge.target for other in design.incoming(edge.source)):
        function, group = design.nodes[edge.target], design.nodes[edge.source]
        yield problem(
            edge,
            f"{function.label} writes to {group.label}, and every line there calls {function.label}.",
            remove_edge(edge, "Remove the subscription"),
        )


@rule(
    "R170",
    Severity.WARNING,
    "Alarm that tells nobody",
    scope=Scope.NODE,
    only=_ALARM,
    why="It turns red in the console and nowhere else.",
    source=service_model("cloudwatch", _PUT_ALARM + "AlarmActions"),
)
def alarm_without_action(design: Design, alarm: Node) -> Iterator[Problem]:
    """The alarm has no action, and no rule takes its changes of state."""
    if design.outgoing(alarm.id):
        return
    topic = new_node(design, f"{alarm.id}-topic", "sns_standard", "alarms", place=place_beside(design, alarm))
    edge = new_edge(design, alarm.id, topic.id, "cloudwatch_alarm.sns_standard.action")
    yield problem(
        alarm, f"{alarm.label} has no action.", Fix("Publish to a new topic", (AddNode(topic), AddEdge(edge)))
    )


@rule(
    "L171",
    Severity.ERROR,
    "More than five alarm actions",
    scope=Scope.NODE,
    only=_ALARM,
    why="An alarm has five actions for each state at most. A topic can pass the message on to any number.",
    source=service_model("cloudwatch", _PUT_ALARM + "AlarmActions"),
)
def too_many_actions(design: Design, alarm: Node) -> Iterator[Problem]:
    """The alarm has six actions or more."""
    actions = _actions(design, alarm)
    most = int(services()["cloudwatch_alarm"].limit("actions").value)
    if len(actions) > most:
        yield problem(
            alarm,
            f"{alarm.label} has {len(actions)} actions.",
            remove_edges(actions[most:], "Keep the first five"),
        )


@rule(
    "L172",
    Severity.ERROR,
    "Period that CloudWatch refuses",
    scope=Scope.NODE,
    only=_ALARM,
    why="A period is 10, 20 or 30 seconds or a multiple of 60.",
    source=service_model("cloudwatch", _PUT_ALARM + "Period"),
)
def odd_period(design: Design, alarm: Node) -> Iterator[Problem]:
    """The period is neither of those."""
    del design
    period_s = alarm.number("period_s", 60)
    if period_s not in _HIGH_RESOLUTION_S and period_s % 60:
        nearest = max(60, round(period_s / 60) * 60)
        yield problem(
            alarm,
            f"{alarm.label} has a period of {period_s:g} s.",
            set_node(alarm, f"Use {nearest} s", period_s=nearest),
            parameter="period_s",
        )


@rule(
    "L173",
    Severity.ERROR,
    "More bad periods than periods",
    scope=Scope.NODE,
    only=_ALARM,
    why="AWS rejects an alarm that wants more bad periods than it looks at.",
    source=service_model("cloudwatch", _PUT_ALARM + "DatapointsToAlarm"),
)
def impossible_datapoints(design: Design, alarm: Node) -> Iterator[Problem]:
    """The number of bad periods is larger than the number of periods looked at."""
    del design
    bad, all_periods = alarm.number("datapoints_to_alarm"), alarm.number("evaluation_periods", 1)
    if bad > all_periods:
        yield problem(
            alarm,
            f"{alarm.label} looks at {all_periods:g} periods and wants {bad:g} bad ones.",
            set_node(alarm, f"Look at {bad:g} periods", evaluation_periods=int(bad)),
            parameter="datapoints_to_alarm",
        )


@rule(
    "C161",
    Severity.WARNING,
    "Alarm to a FIFO topic",
    scope=Scope.EDGE,
    only=("cloudwatch_alarm.sns_fifo.action",),
    why="A FIFO topic demands a message group, and an alarm has no setting for one. Nobody has confirmed that it "
    "works.",
    source=service_model("cloudwatch", _PUT_ALARM + "AlarmActions"),
)
def alarm_to_fifo_topic(design: Design, edge: Edge) -> Iterator[Problem]:
    """An alarm publishes to a FIFO topic."""
    alarm, topic = design.nodes[edge.source], design.nodes[edge.target]
    yield problem(
        edge, f"{alarm.label} publishes to {topic.label}, a FIFO topic.", remove_edge(edge, "Remove the action")
    )
