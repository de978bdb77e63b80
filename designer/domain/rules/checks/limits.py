"""Whether every node, every edge and their settings are within what the catalog knows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from designer.domain.catalog.registry import services
from designer.domain.catalog.sources import EVENTBRIDGE_QUOTAS, WINDTUNNEL, aws_docs, service_model
from designer.domain.events.schedule_fields import ScheduleError
from designer.domain.events.schedules import read_schedule
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.rules.fixes import set_edge, set_node
from designer.domain.rules.meanings import QUEUE_MAPPINGS, STREAM_MAPPINGS
from designer.domain.rules.problem import Problem, problem
from designer.domain.rules.registry import rule
from designer.domain.rules.rule import Scope, Severity
from designer.domain.rules.value_problems import (
    broken_json,
    unknown_choices,
    unknown_settings,
    values_above_quotas,
    values_outside_limits,
    wrong_kinds,
)

_REJECTED: Final = "AWS rejects the value."
_NO_EFFECT: Final = "It has no effect: neither checks nor runs use it."
_AS_IT_IS: Final = "AWS may know it or reject it. Windtunnel keeps it as it is."
_QUOTA: Final = "It works only after AWS has raised the account's quota."


@rule(
    "L001",
    Severity.WARNING,
    "Service that Windtunnel does not know",
    scope=Scope.NODE,
    why="Nothing about it can be checked, and it takes no part in a run.",
    source=WINDTUNNEL,
)
def unknown_service(design: Design, node: Node) -> Iterator[Problem]:
    """The node's service is not in the catalog."""
    del design
    if node.service not in services():
        yield problem(node, f"{node.label} is a {node.service}, which is not in the catalog.")


@rule(
    "L002",
    Severity.WARNING,
    "Unknown setting",
    scope=Scope.NODE,
    why=_NO_EFFECT,
    source=WINDTUNNEL,
    own_settings=True,
)
def unknown_node_setting(design: Design, node: Node) -> Iterator[Problem]:
    """The node sets something that its service does not have."""
    del design
    if node.parameters and node.service in services():
        yield from unknown_settings(node)


@rule(
    "L003",
    Severity.ERROR,
    "Value of the wrong kind",
    scope=Scope.NODE,
    why=_REJECTED,
    source=WINDTUNNEL,
    own_settings=True,
)
def wrong_kind_of_node_value(design: Design, node: Node) -> Iterator[Problem]:
    """A setting of the node holds text instead of a number, and the like."""
    del design
    return wrong_kinds(node)


@rule(
    "L004",
    Severity.ERROR,
    "Value beyond a fixed limit",
    scope=Scope.NODE,
    why=_REJECTED,
    source=WINDTUNNEL,
    own_settings=True,
)
def node_value_beyond_limit(design: Design, node: Node) -> Iterator[Problem]:
    """A setting of the node is below its minimum, or above a maximum that AWS does not raise."""
    del design
    return values_outside_limits(node)


@rule(
    "L005", Severity.WARNING, "Value above a quota", scope=Scope.NODE, why=_QUOTA, source=WINDTUNNEL, own_settings=True
)
def node_value_above_quota(design: Design, node: Node) -> Iterator[Problem]:
    """A setting of the node is above a maximum that AWS raises on request.

    The integration timeout of a REST API has rules of its own, R005 and R006.
    """
    del design
    for found in values_above_quotas(node):
        if (node.service, found.subject.parameter) != ("api_gateway_rest", "integration_timeout_ms"):
            yield found


@rule("L006", Severity.WARNING, "Unknown value", scope=Scope.NODE, why=_AS_IT_IS, source=WINDTUNNEL, own_settings=True)
def unknown_node_value(design: Design, node: Node) -> Iterator[Problem]:
    """A setting of the node holds a value that is not among its choices."""
    del design
    return unknown_choices(node)


@rule(
    "L007",
    Severity.ERROR,
    "Text that is not JSON",
    scope=Scope.NODE,
    why=_REJECTED,
    source=WINDTUNNEL,
    own_settings=True,
)
def broken_node_json(design: Design, node: Node) -> Iterator[Problem]:
    """A setting of the node that holds JSON, such as an event pattern, cannot be read."""
    del design
    return broken_json(node)


@rule(
    "L012", Severity.WARNING, "Unknown setting", scope=Scope.EDGE, why=_NO_EFFECT, source=WINDTUNNEL, own_settings=True
)
def unknown_edge_setting(design: Design, edge: Edge) -> Iterator[Problem]:
    """The edge sets something that its connection does not have."""
    del design
    if edge.parameters and edge.row is not None:
        yield from unknown_settings(edge)


@rule(
    "L013",
    Severity.ERROR,
    "Value of the wrong kind",
    scope=Scope.EDGE,
    why=_REJECTED,
    source=WINDTUNNEL,
    own_settings=True,
)
def wrong_kind_of_edge_value(design: Design, edge: Edge) -> Iterator[Problem]:
    """A setting of the edge holds text instead of a number, and the like."""
    del design
    return wrong_kinds(edge)


@rule(
    "L014",
    Severity.ERROR,
    "Value beyond a fixed limit",
    scope=Scope.EDGE,
    why=_REJECTED,
    source=WINDTUNNEL,
    own_settings=True,
)
def edge_value_beyond_limit(design: Design, edge: Edge) -> Iterator[Problem]:
    """A setting of the edge is below its minimum, or above a maximum that AWS does not raise."""
    del design
    return values_outside_limits(edge)


@rule(
    "L180", Severity.WARNING, "Value above a quota", scope=Scope.EDGE, why=_QUOTA, source=WINDTUNNEL, own_settings=True
)
def edge_value_above_quota(design: Design, edge: Edge) -> Iterator[Problem]:
    """A setting of the edge is above a maximum that AWS raises on request."""
    del design
    return values_above_quotas(edge)


@rule("L016", Severity.WARNING, "Unknown value", scope=Scope.EDGE, why=_AS_IT_IS, source=WINDTUNNEL, own_settings=True)
def unknown_edge_value(design: Design, edge: Edge) -> Iterator[Problem]:
    """A setting of the edge holds a value that is not among its choices."""
    del design
    return unknown_choices(edge)


@rule(
    "L017",
    Severity.ERROR,
    "Text that is not JSON",
    scope=Scope.EDGE,
    why=_REJECTED,
    source=WINDTUNNEL,
    own_settings=True,
)
def broken_edge_json(design: Design, edge: Edge) -> Iterator[Problem]:
    """A setting of the edge that holds JSON, such as a filter, cannot be read."""
    del design
    return broken_json(edge)


@rule(
    "L008",
    Severity.ERROR,
    "Event pattern that matches nothing",
    scope=Scope.NODE,
    only=("eventbridge_rule",),
    why="EventBridge takes a JSON object that names at least one field of the event.",
    source=service_model("events", "PutRule.EventPattern"),
)
def event_pattern_is_no_object(design: Design, event_rule: Node) -> Iterator[Problem]:
    """The pattern is JSON, but not an object with at least one field."""
    del design
    pattern = event_rule.parameters.get("event_pattern")
    if not isinstance(pattern, str):
        return
    try:
        read = json.loads(pattern)
    except (json.JSONDecodeError, RecursionError):
        return
    if not isinstance(read, dict) or not read:
        yield problem(
            event_rule,
            f"The event pattern of {event_rule.label} has to be an object with at least one field.",
            set_node(event_rule, "Remove the pattern", event_pattern=None),
            parameter="event_pattern",
        )


@rule(
    "L009",
    Severity.WARNING,
    "Long event pattern",
    scope=Scope.NODE,
    only=("eventbridge_rule",),
    why=_QUOTA,
    source=EVENTBRIDGE_QUOTAS,
)
def event_pattern_too_long(design: Design, event_rule: Node) -> Iterator[Problem]:
    """The pattern has more characters than the quota, spaces between its parts not counted."""
    del design
    pattern = event_rule.parameters.get("event_pattern")
    if not isinstance(pattern, str):
        return
    try:
        length = len(json.dumps(json.loads(pattern), separators=(",", ":")))
    except (json.JSONDecodeError, RecursionError):
        return
    most = services()["eventbridge_rule"].limit("pattern_characters").value
    if length > most:
        yield problem(
            event_rule,
            f"The event pattern of {event_rule.label} has {length:,} characters; the quota is {most:,.0f}.",
            parameter="event_pattern",
        )


@rule(
    "L010",
    Severity.ERROR,
    "Schedule that cannot be read",
    scope=Scope.NODE,
    only=("eventbridge_rule",),
    why="AWS rejects the expression.",
    source=aws_docs("Schedule expressions of EventBridge rules", "eventbridge/latest/userguide/eb-scheduled-rule.html"),
)
def schedule_cannot_be_read(design: Design, event_rule: Node) -> Iterator[Problem]:
    """The schedule expression is neither a rate nor a cron expression."""
    del design
    expression = event_rule.parameters.get("schedule_expression")
    if not isinstance(expression, str) or "${" in expression:
        return
    try:
        read_schedule(expression)
    except ScheduleError as error:
        yield problem(
            event_rule,
            f"{event_rule.label}: {expression!r} {error.message} (column {error.place.column}). {error.cure}",
            set_node(event_rule, "Use rate(5 minutes)", schedule_expression="rate(5 minutes)"),
            parameter="schedule_expression",
        )


@rule(
    "L018",
    Severity.ERROR,
    "Record age below a minute",
    scope=Scope.EDGE,
    only=STREAM_MAPPINGS,
    why=_REJECTED,
    source=service_model("lambda", "CreateEventSourceMapping.MaximumRecordAgeInSeconds"),
)
def record_age_below_a_minute(design: Design, edge: Edge) -> Iterator[Problem]:
    """The maximum record age is from 0 to 59 s; AWS takes -1 or at least 60."""
    del design
    age_s = edge.number("maximum_record_age_s", -1)
    if 0 <= age_s < 60:
        yield problem(
            edge,
            f"Records may not be limited to {age_s:g} s: the least is 60 s, and -1 means no limit.",
            set_edge(edge, "Set it to 60 s", maximum_record_age_s=60),
            parameter="maximum_record_age_s",
        )


@rule(
    "L019",
    Severity.WARNING,
    "Many filter patterns",
    scope=Scope.EDGE,
    only=(*QUEUE_MAPPINGS, *STREAM_MAPPINGS),
    why=_QUOTA,
    source=aws_docs("Lambda event filtering", "lambda/latest/dg/invocation-eventfiltering.html"),
)
def too_many_filter_patterns(design: Design, edge: Edge) -> Iterator[Problem]:
    """An event source mapping has more filter patterns than the quota."""
    del design
    text = edge.parameters.get("filter_patterns")
    if not isinstance(text, str):
        return
    try:
        patterns = json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        return
    most = int(services()["lambda"].limit("mapping_filters").value)
    if isinstance(patterns, list) and len(patterns) > most:
        yield problem(
            edge,
            f"The mapping has {len(patterns)} filter patterns; the quota is {most}.",
            set_edge(edge, f"Keep the first {most}", filter_patterns=json.dumps(patterns[:most])),
            parameter="filter_patterns",
        )
