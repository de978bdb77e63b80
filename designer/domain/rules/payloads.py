"""How large a message is on each edge, and how much the edge takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from designer.domain.catalog.registry import services
from designer.domain.catalog.spec import Source
from designer.domain.connections.spec import Flow, Mode
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.rules.fixes import set_node
from designer.domain.rules.meanings import QUEUES, TOPICS
from designer.domain.rules.rule import Fix

_PASSES_ON: Final = frozenset(
    {
        *("api_gateway_rest", "api_gateway_http", "api_gateway_websocket"),
        *("sqs_standard", "sqs_fifo", "sns_standard", "sns_fifo", "eventbridge_bus", "eventbridge_rule"),
        "lambda_alias_version",
        *("alb", "cloudfront"),
        "eventbridge_pipe",
    }
)
"""Services that hand on what they were given; a function sends something of its own."""
_KB_PER_UNIT: Final[Mapping[str, float]] = MappingProxyType(
    {"bytes": 1 / 1024, "KB": 1, "KiB": 1, "MB": 1024, "GB": 1024 * 1024}
)
_BY_CODE: Final = (Mode.SYNCHRONOUS, Mode.ASYNCHRONOUS)
"""Ways of sending on which a library of the sender's can put the message aside first."""
_WRITES: Final = ("PutItem", "UpdateItem")
_FUNCTIONS: Final = ("lambda", "lambda_alias_version")


@dataclass(frozen=True, slots=True)
class Room:
    """The largest message that an edge takes, and what happens to a larger one."""

    kilobytes: float
    beyond: str
    source: Source


def oversized(design: Design, entries: Mapping[str, float] | None = None) -> Iterator[tuple[Edge, float, Room]]:
    """The edges where something that is sent, with its size in KB, first meets something that takes less.

    ``entries`` are the sizes of requests by the node where they begin, besides what clients send by themselves. Where
    an edge says how large its messages are, that is their size from there on.
    """
    begin = {node.id: node.number("payload_kb") for node in design.nodes_of("client")} | dict(entries or {})
    said = dict(_said(design))
    if max([*begin.values(), *said.values()], default=0.0) <= _least_room_kb(design):
        return
    largest: dict[str, float] = {}
    refused: dict[str, tuple[Edge, float, Room]] = {}
    waiting = [(edge, size_kb) for node_id, size_kb in begin.items() for edge in design.outgoing(node_id)]
    waiting = [(edge, size_kb) for edge, size_kb in waiting if edge.id not in said]
    waiting += [(design.edges[edge_id], size_kb) for edge_id, size_kb in said.items()]
    while waiting:
        edge, size_kb = waiting.pop()
        if edge.mode in (Mode.FAILURE, Mode.AUTHORIZER) or largest.get(edge.id, -1.0) >= size_kb:
            continue
        largest[edge.id] = size_kb
        room = room_on(design, edge)
        if room is not None and size_kb > room.kilobytes:
            refused[edge.id] = (edge, size_kb, room)
        elif design.nodes[edge.target].service in _PASSES_ON:
            waiting.extend((onward, size_kb) for onward in design.outgoing(edge.target) if onward.id not in said)
    yield from (refused[edge_id] for edge_id in sorted(refused))


def _holders(design: Design) -> Iterator[Node]:
    for service in (*QUEUES, *TOPICS):
        yield from design.nodes_of(service)


def _said(design: Design) -> Iterator[tuple[str, float]]:
    """The edges to queues and topics that say how large their messages are."""
    for holder in _holders(design):
        for edge in design.incoming(holder.id):
            if edge.value("message_kb") is not None:
                yield edge.id, edge.number("message_kb")


def _least_room_kb(design: Design) -> float:
    """What every edge takes: the smallest maximum of the design's queues and topics, or of a WebSocket message."""
    own = (node.number("maximum_message_bytes") / 1024 for node in _holders(design))
    return min([*own, _limit("api_gateway_websocket", "payload").kilobytes])


def room_on(design: Design, edge: Edge) -> Room | None:
    """How much the edge takes; None when nothing limits it or the target is not known."""
    source, target = design.nodes[edge.source], design.nodes[edge.target]
    if target.service in _FUNCTIONS:
        if edge.flow is Flow.POLL and source.value("extended_client") is True:
            return None
        if source.service == "alb":
            return _limit("alb", "lambda_body")
        return _limit("lambda", "async_payload" if edge.flow is Flow.ASYNC else "sync_payload")
    if target.service == "dynamodb":
        return _limit("dynamodb", "item") if edge.value("action") in _WRITES else None
    if target.service in QUEUES and target.value("extended_client") is True and edge.mode in _BY_CODE:
        return _limit(target.service, "extended_client_message")
    return room_of(target)


def room_of(node: Node) -> Room | None:
    """How much the service takes at once; None when nothing limits it or the limit is not known."""
    match node.service:
        case "api_gateway_rest" | "api_gateway_http" | "api_gateway_websocket":
            return _limit(node.service, "payload")
        case "lambda" | "lambda_alias_version":
            return _limit("lambda", "sync_payload")
        case "eventbridge_bus":
            return _limit("eventbridge_bus", "event_bytes")
        case "kinesis_stream":
            parameter = services()["kinesis_stream"].parameter("max_record_kib")
            return Room(node.number("max_record_kib"), parameter.beyond, parameter.source)
        case "firehose":
            return _limit("firehose", "record")
        case "iot_rule":
            return _limit("iot_rule", "message")
        case "sqs_standard" | "sqs_fifo" | "sns_standard" | "sns_fifo":
            parameter = services()[node.service].parameter("maximum_message_bytes")
            return Room(node.number("maximum_message_bytes") / 1024, parameter.beyond, parameter.source)
        case _:
            return None


@cache
def _limit(service_id: str, limit_id: str) -> Room:
    limit = services()[service_id].limit(limit_id)
    return Room(limit.value * _KB_PER_UNIT[limit.unit], limit.beyond, limit.source)


def larger_messages(target: Node, edge: Edge, size_kb: float) -> tuple[Fix, ...]:
    """Raising the topic's or queue's own maximum where AWS's allows as much, or keeping large messages in S3."""
    if edge.row is None or target.service not in (*QUEUES, *TOPICS):
        return ()
    most = services()[target.service].parameter("maximum_message_bytes").maximum
    if most is not None and size_kb * 1024 <= most:
        return (set_node(target, f"Take messages up to {most / 1024:,g} KB", maximum_message_bytes=int(most)),)
    if target.service in QUEUES and edge.mode in (Mode.SYNCHRONOUS, Mode.ASYNCHRONOUS):
        return (set_node(target, "Keep large messages in S3 (extended client)", extended_client=True),)
    return ()
