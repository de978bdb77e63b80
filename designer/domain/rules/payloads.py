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
        "cloudfront",
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


@dataclass(frozen=True, slots=True)
class Room:
    """The largest message that an edge takes, and what happens to a larger one."""

    kilobytes: float
    beyond: str
    source: Source


def oversized(design: Design) -> Iterator[tuple[Edge, float, Room]]:
    """The edges where something that a client sends, with its size in KB, first meets something that takes less."""
    waiting = [(node.id, node.number("payload_kb")) for node in design.nodes_of("client")]
    if max((size_kb for _, size_kb in waiting), default=0.0) <= _least_room_kb(design):
        return
    largest: dict[str, float] = {}
    refused: dict[str, tuple[Edge, float, Room]] = {}
    while waiting:
        node_id, size_kb = waiting.pop()
        for edge in design.outgoing(node_id):
            if edge.mode in (Mode.FAILURE, Mode.AUTHORIZER) or largest.get(edge.id, -1.0) >= size_kb:
                continue
            largest[edge.id] = size_kb
            room = room_on(design, edge)
            if room is not None and size_kb > room.kilobytes:
                refused[edge.id] = (edge, size_kb, room)
            elif design.nodes[edge.target].service in _PASSES_ON:
                waiting.append((edge.target, size_kb))
    yield from (refused[edge_id] for edge_id in sorted(refused))


def _least_room_kb(design: Design) -> float:
    """What every edge takes: the smallest maximum of the design's queues and topics, or an item of a table."""
    holders = [node for service in (*QUEUES, *TOPICS) for node in design.nodes_of(service)]
    own = (node.number("maximum_message_bytes") / 1024 for node in holders)
    least = min([*own, _limit("dynamodb", "item").kilobytes])
    return min(least, _limit("api_gateway_websocket", "payload").kilobytes)


def room_on(design: Design, edge: Edge) -> Room | None:
    """How much the edge takes; None when nothing limits it or the target is not known."""
    target = design.nodes[edge.target]
    match target.service:
        case "api_gateway_rest" | "api_gateway_http" | "api_gateway_websocket":
            return _limit(target.service, "payload")
        case "lambda" if edge.flow is Flow.POLL and design.nodes[edge.source].value("extended_client") is True:
            return None
        case "lambda":
            return _limit("lambda", "async_payload" if edge.flow is Flow.ASYNC else "sync_payload")
        case "eventbridge_bus":
            return _limit("eventbridge_bus", "event_bytes")
        case "dynamodb" if edge.value("action") in _WRITES:
            return _limit("dynamodb", "item")
        case "sqs_standard" | "sqs_fifo" if target.value("extended_client") is True and edge.mode in _BY_CODE:
            return _limit(target.service, "extended_client_message")
        case "kinesis_stream":
            parameter = services()["kinesis_stream"].parameter("max_record_kib")
            return Room(target.number("max_record_kib"), parameter.beyond, parameter.source)
        case "firehose":
            return _limit("firehose", "record")
        case "sqs_standard" | "sqs_fifo" | "sns_standard" | "sns_fifo":
            parameter = services()[target.service].parameter("maximum_message_bytes")
            return Room(target.number("maximum_message_bytes") / 1024, parameter.beyond, parameter.source)
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
