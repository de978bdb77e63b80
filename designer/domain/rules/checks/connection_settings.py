"""Connections that work only when something at their ends is set."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from designer.domain.catalog.sources import (
    EVENTBRIDGE_QUOTAS,
    aws_docs,
    service_model,
)
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.rules.fixes import remove_edge, set_node
from designer.domain.rules.meanings import NOTIFICATIONS, names
from designer.domain.rules.problem import Problem, problem
from designer.domain.rules.registry import rule
from designer.domain.rules.rule import Scope, Severity

_EVENT_BUSES: Final = aws_docs("Event buses in EventBridge", "eventbridge/latest/userguide/eb-event-bus.html")


@rule(
    "C010",
    Severity.WARNING,
    "Private API called from outside",
    scope=Scope.NODE,
    only=("api_gateway_rest",),
    why="A private API answers only through an interface endpoint in a VPC. From the internet it cannot be reached.",
    source=aws_docs("Private REST APIs", "apigateway/latest/developerguide/apigateway-private-apis.html"),
)
def private_api_called_from_outside(design: Design, api: Node) -> Iterator[Problem]:
    """A client sends requests to an API of the private kind."""
    if api.value("endpoint_type") != "private":
        return
    callers = [
        design.nodes[edge.source]
        for edge in design.incoming(api.id)
        if edge.connection == "client.api_gateway_rest.https"
    ]
    if callers:
        yield problem(
            api,
            f"{names(callers)} can reach {api.label} only from inside a VPC with an execute-api endpoint.",
            set_node(api, "Make the API Regional", endpoint_type="regional"),
            parameter="endpoint_type",
        )


@rule(
    "C011",
    Severity.ERROR,
    "Bucket events go to the default bus only",
    scope=Scope.NODE,
    only=("eventbridge_bus",),
    why="AWS services put their events on the account's default bus. A custom or partner bus never sees them.",
    source=_EVENT_BUSES,
)
def bucket_feeds_custom_bus(design: Design, bus: Node) -> Iterator[Problem]:
    """A bucket is connected to a bus that is not the default one."""
    if bus.value("kind") == "default":
        return
    buckets = [
        design.nodes[edge.source] for edge in design.incoming(bus.id) if edge.connection == "s3.eventbridge_bus.events"
    ]
    if buckets:
        yield problem(
            bus,
            f"{names(buckets)} cannot send to {bus.label}, which is a {bus.value('kind')} bus.",
            set_node(bus, "Make it the default bus", kind="default"),
            parameter="kind",
        )


@rule(
    "C012",
    Severity.ERROR,
    "Schedule on a custom bus",
    scope=Scope.NODE,
    only=("eventbridge_rule",),
    why="AWS accepts schedule expressions on rules of the default bus only.",
    source=service_model("events", "PutRule.ScheduleExpression"),
)
def schedule_on_custom_bus(design: Design, event_rule: Node) -> Iterator[Problem]:
    """A schedule rule belongs to a bus that is not the default one."""
    if event_rule.value("kind") != "schedule":
        return
    for edge in design.incoming(event_rule.id):
        bus = design.nodes[edge.source]
        if edge.connection == "eventbridge_bus.eventbridge_rule.rule" and bus.value("kind") != "default":
            yield problem(
                event_rule,
                f"{event_rule.label} fires by the clock, but belongs to the {bus.value('kind')} bus {bus.label}.",
                remove_edge(edge, f"Take it off {bus.label}"),
                set_node(bus, f"Make {bus.label} the default bus", kind="default"),
                parameter="kind",
            )
            return


@rule(
    "C015",
    Severity.ERROR,
    "Overlapping event notifications",
    scope=Scope.EDGE,
    only=NOTIFICATIONS,
    why="For one type of event S3 refuses two destinations whose prefixes and suffixes can match the same object.",
    source=aws_docs(
        "Event notification types and destinations",
        "AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html",
    ),
)
def overlapping_notifications(design: Design, edge: Edge) -> Iterator[Problem]:
    """An earlier notification of the bucket to another destination can match the same object."""
    for other in design.outgoing(edge.source):
        if other.id >= edge.id:
            return
        if other.connection in NOTIFICATIONS and _overlap(edge, other):
            first, second = design.nodes[other.target], design.nodes[edge.target]
            yield problem(
                edge,
                f"{design.nodes[edge.source].label} would tell both {first.label} and {second.label} about the same "
                "objects. Publish to a topic or use EventBridge to reach several.",
                remove_edge(edge, f"Keep only {first.label}"),
            )
            return


@rule(
    "C016",
    Severity.ERROR,
    "Events for a partner bus",
    scope=Scope.NODE,
    only=("eventbridge_bus",),
    why="Only the partner can put events on its bus.",
    source=EVENTBRIDGE_QUOTAS,
)
def events_for_partner_bus(design: Design, bus: Node) -> Iterator[Problem]:
    """Something of the design puts events on a partner's bus."""
    if bus.value("kind") != "partner":
        return
    senders = [design.nodes[edge.source] for edge in design.incoming(bus.id) if edge.connection.endswith(".put_events")]
    if senders:
        yield problem(
            bus,
            f"{names(senders)} cannot put events on the partner bus {bus.label}.",
            set_node(bus, "Make it a custom bus", kind="custom"),
            parameter="kind",
        )


def _overlap(one: Edge, other: Edge) -> bool:
    if not _share_an_event(str(one.value("events") or ""), str(other.value("events") or "")):
        return False
    prefixes = sorted((str(one.value("prefix") or ""), str(other.value("prefix") or "")), key=len)
    suffixes = sorted((str(one.value("suffix") or ""), str(other.value("suffix") or "")), key=len)
    return prefixes[1].startswith(prefixes[0]) and suffixes[1].endswith(suffixes[0])


def _share_an_event(one: str, other: str) -> bool:
    return any(
        first.startswith(second.rstrip("*")) or second.startswith(first.rstrip("*"))
        for first in _events(one)
        for second in _events(other)
    )


def _events(listed: str) -> list[str]:
    return [event.strip().removeprefix("s3:") for event in listed.split(",") if event.strip()]
