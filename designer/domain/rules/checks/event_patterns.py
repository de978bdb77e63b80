"""Event patterns and filters: whether their service takes them, and whether anything can fit."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from designer.domain.catalog.registry import services
from designer.domain.catalog.sources import EVENTBRIDGE_QUOTAS, WINDTUNNEL, aws_docs
from designer.domain.connections.registry import connections
from designer.domain.events.conditions import Exactly, Text
from designer.domain.events.dialects import EVENT_BUS, PIPE
from designer.domain.events.envelope import ENVELOPE, never_fits
from designer.domain.events.located_json import TextError
from designer.domain.events.pattern import Fields, Values
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.rules.fixes import remove_edge, set_edge, set_node
from designer.domain.rules.patterns import edge_filter, fault, first_miss, patterns, verdict, where
from designer.domain.rules.problem import Problem, problem
from designer.domain.rules.registry import rule
from designer.domain.rules.rule import Fix, Scope, Severity

_OPERATORS: Final = aws_docs(
    "Comparison operators for use in event patterns", "eventbridge/latest/userguide/eb-create-pattern-operators.html"
)
_EVENTS: Final = aws_docs("Events in EventBridge", "eventbridge/latest/userguide/eb-events.html")
_REFUSED: Final = "The service rejects the pattern, and the deployment fails."
_FILTERED: Final = tuple(
    sorted(
        row.id
        for row in connections().values()
        if any(parameter.id in ("filter_patterns", "filter_policy") for parameter in row.parameters)
    )
)
_SAMPLE_WHY: Final = "Either the sample is not what arrives, or the pattern lets through less than you think."


@rule(
    "L100",
    Severity.ERROR,
    "Event pattern that EventBridge refuses",
    scope=Scope.NODE,
    only=("eventbridge_rule",),
    why=_REFUSED,
    source=_OPERATORS,
)
def pattern_refused(design: Design, event_rule: Node) -> Iterator[Problem]:
    """The pattern is an object, but something within it is not as EventBridge wants it."""
    del design
    error = fault(event_rule.value("event_pattern"), EVENT_BUS)
    if error is None or error.place.path == "$":
        return  # an empty pattern and one that is no object are L008
    yield problem(
        event_rule,
        f"The event pattern of {event_rule.label}: {where(error)}",
        set_node(event_rule, "Remove the pattern", event_pattern=None),
        parameter="event_pattern",
    )


@rule(
    "L101",
    Severity.ERROR,
    "Filter that EventBridge Pipes refuses",
    scope=Scope.NODE,
    only=("eventbridge_pipe",),
    why=_REFUSED,
    source=_OPERATORS,
)
def pipe_filter_refused(design: Design, pipe: Node) -> Iterator[Problem]:
    """A pattern of the pipe's filter is wrong, or there are more than five."""
    del design
    text = pipe.value("filter_patterns")
    most = int(services()["eventbridge_pipe"].limit("filters").value)
    count = len(patterns(text, PIPE))
    error = fault(text, PIPE)
    if count <= most and error is None:
        return
    what = where(error) if error is not None else f"there are {count} patterns; {most} are possible."
    fixed = None if error is not None else json.dumps(json.loads(str(text))[:most])
    label = "Remove the filter" if fixed is None else f"Keep the first {most}"
    yield problem(
        pipe,
        f"The filter of {pipe.label}: {what}",
        set_node(pipe, label, filter_patterns=fixed),
        parameter="filter_patterns",
    )


@rule(
    "L102",
    Severity.ERROR,
    "Filter that the service refuses",
    scope=Scope.EDGE,
    only=_FILTERED,
    why=_REFUSED,
    source=aws_docs("Lambda event filtering", "lambda/latest/dg/invocation-eventfiltering.html"),
)
def edge_filter_refused(design: Design, edge: Edge) -> Iterator[Problem]:
    """A filter of an event source mapping or a subscription is wrong, or uses what its service does not know."""
    del design
    found = edge_filter(edge)
    if found is None:
        return
    parameter, dialect = found
    error = fault(edge.value(parameter), dialect)
    if error is not None:
        yield problem(
            edge,
            f"The filter: {where(error)}",
            *_scope_fix(edge, parameter, error),
            set_edge(edge, "Remove the filter", **{parameter: None}),
            parameter=parameter,
            source=dialect.source,
        )


def _scope_fix(edge: Edge, parameter: str, error: TextError) -> Iterator[Fix]:
    if parameter == "filter_policy" and "MessageBody" in error.cure:
        yield set_edge(edge, "Filter on the message body", filter_policy_scope="MessageBody")


@rule(
    "L103",
    Severity.ERROR,
    "Too many wildcard rules on a bus",
    scope=Scope.NODE,
    only=("eventbridge_bus",),
    why="AWS refuses the thirty-first rule with a wildcard on a bus and does not raise this limit.",
    source=EVENTBRIDGE_QUOTAS,
)
def many_wildcard_rules(design: Design, bus: Node) -> Iterator[Problem]:
    """More rules of the bus compare with a wildcard than a bus can have."""
    most = int(services()["eventbridge_bus"].limit("wildcard_rules").value)
    rules = [design.nodes[edge.target] for edge in design.outgoing(bus.id)]
    wild = [node for node in rules if '"wildcard"' in str(node.parameters.get("event_pattern"))]
    if len(wild) > most:
        yield problem(bus, f"{len(wild)} rules of {bus.label} compare with a wildcard; {most} are possible.")


@rule(
    "R101",
    Severity.WARNING,
    "Event pattern that no event fits",
    scope=Scope.NODE,
    only=("eventbridge_rule",),
    why="Every event on a bus has source, detail-type, account, region, time, id, version and resources as texts, and "
    "everything else inside detail.",
    source=_EVENTS,
)
def pattern_fits_nothing(design: Design, event_rule: Node) -> Iterator[Problem]:
    """The pattern wants what no event of a bus can have."""
    del design
    text = event_rule.value("event_pattern")
    found = patterns(text, EVENT_BUS)
    reason = never_fits(found[0]) if found else ""
    if reason:
        fixed = _moved(str(text))
        fix = (
            set_node(event_rule, "Remove the pattern", event_pattern=None)
            if fixed is None
            else set_node(event_rule, "Correct the names, and move other fields into detail", event_pattern=fixed)
        )
        yield problem(event_rule, f"{event_rule.label} never gets an event: {reason}", fix, parameter="event_pattern")


def _moved(text: str) -> str | None:
    """The pattern with unknown fields inside detail and misspelt ones corrected; None when that does not help."""
    wanted = json.loads(text)
    moved: dict[str, object] = {}
    detail: dict[str, object] = {}
    for name, value in wanted.items():
        right = name.lower().replace("_", "-")
        if name in ENVELOPE or name == "$or":
            moved[name] = value
        elif right in ENVELOPE:
            moved[right] = value
        else:
            detail[name] = value
    if detail:
        given = moved.get("detail", {})
        moved["detail"] = {**(given if isinstance(given, dict) else {}), **detail}
    corrected = json.dumps(moved)
    found = patterns(corrected, EVENT_BUS)
    return corrected if found and not never_fits(found[0]) else None


@rule(
    "R102",
    Severity.WARNING,
    "Pattern that its own sample event does not fit",
    scope=Scope.NODE,
    only=("eventbridge_pipe", "eventbridge_rule"),
    why=_SAMPLE_WHY,
    source=WINDTUNNEL,
)
def sample_of_node_does_not_fit(design: Design, node: Node) -> Iterator[Problem]:
    """The sample event kept with the rule or the pipe does not pass."""
    del design
    parameter, dialect = (
        ("filter_patterns", PIPE) if node.service == "eventbridge_pipe" else ("event_pattern", EVENT_BUS)
    )
    found = verdict(node.value(parameter), node.value("sample_event"), dialect)
    if found is not None and not found.passes:
        yield problem(
            node,
            f"The sample event does not pass {node.label}: {first_miss(found)}",
            set_node(node, "Forget the sample event", sample_event=None),
            parameter=parameter,
        )


@rule(
    "R103",
    Severity.WARNING,
    "Filter that its own sample event does not fit",
    scope=Scope.EDGE,
    only=_FILTERED,
    why=_SAMPLE_WHY,
    source=WINDTUNNEL,
)
def sample_of_edge_does_not_fit(design: Design, edge: Edge) -> Iterator[Problem]:
    """The sample event kept with a mapping or subscription does not pass its filter."""
    del design
    at = edge_filter(edge)
    if at is None:
        return
    parameter, dialect = at
    found = verdict(edge.value(parameter), edge.value("sample_event"), dialect)
    if found is not None and not found.passes:
        yield problem(
            edge,
            f"The sample event does not pass the filter: {first_miss(found)}",
            set_edge(edge, "Forget the sample event", sample_event=None),
            parameter=parameter,
        )


@rule(
    "R114",
    Severity.WARNING,
    "Events of AWS services on a custom bus",
    scope=Scope.EDGE,
    only=("eventbridge_bus.eventbridge_rule.rule",),
    why="AWS services put their events on the account's default bus. Only a rule there that forwards them, or code of "
    "yours, brings them to another.",
    source=_EVENTS,
)
def service_events_on_custom_bus(design: Design, edge: Edge) -> Iterator[Problem]:
    """The rule wants events of AWS services, and nothing forwards them to its bus."""
    bus, event_rule = design.nodes[edge.source], design.nodes[edge.target]
    if bus.value("kind") != "custom" or design.incoming(bus.id):
        return
    found = patterns(event_rule.value("event_pattern"), EVENT_BUS)
    if found and _wants_services(found[0]):
        yield problem(
            edge,
            f"{event_rule.label} wants events of AWS services, which {bus.label} does not get.",
            set_node(bus, f"Make {bus.label} the default bus", kind="default"),
            remove_edge(edge),
        )


def _wants_services(pattern: Fields) -> bool:
    source = pattern.fields.get("source")
    return isinstance(source, Values) and all(
        (isinstance(condition, Exactly) and str(condition.value).startswith("aws."))
        or (
            isinstance(condition, Text)
            and condition.how == "prefix"
            and all(t.startswith("aws.") for t in condition.texts)
        )
        for condition in source.conditions
    )
