"""What an edge does to the function, queue or topic at its end, in the words of the rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from designer.domain.connections.spec import Flow, Mode
from designer.domain.graph.model import Design, Edge, Node

SQS_MAPPING: Final = "sqs_standard.lambda.event_source_mapping"
STREAM_MAPPING: Final = "dynamodb.lambda.event_source_mapping"
REDRIVE: Final = "sqs_standard.sqs_standard.redrive"
INVOKE: Final = "lambda.lambda.invoke"

ON_FAILURE: Final = frozenset(
    f"lambda.{to}.on_failure" for to in ("sqs_standard", "sns_standard", "lambda", "eventbridge_bus", "s3")
)
DEAD_LETTER: Final = frozenset({"lambda.sqs_standard.dead_letter", "lambda.sns_standard.dead_letter"})
ON_SUCCESS: Final = frozenset(
    f"lambda.{to}.on_success" for to in ("sqs_standard", "sns_standard", "lambda", "eventbridge_bus")
)
STREAM_ON_FAILURE: Final = frozenset(f"lambda.{to}.stream_on_failure" for to in ("sqs_standard", "sns_standard", "s3"))
NOTIFICATIONS: Final = (
    "s3.lambda.event_notification",
    "s3.sqs_standard.event_notification",
    "s3.sns_standard.event_notification",
)

APIS: Final = ("api_gateway_rest", "api_gateway_http")


def keeps_async_failures(edge: Edge) -> bool:
    """True when the edge takes events that a function could not handle after an asynchronous invocation."""
    return edge.connection in ON_FAILURE or edge.connection in DEAD_LETTER


def is_destination(edge: Edge) -> bool:
    """True for what Lambda does after asynchronous invocations only: destinations and the dead-letter queue."""
    return keeps_async_failures(edge) or edge.connection in ON_SUCCESS


def async_callers(design: Design, function: Node) -> tuple[Edge, ...]:
    """Edges by which the function is invoked asynchronously, so that Lambda itself queues and retries.

    What arrives from another function's failures is left out: a failure path has no failure path of its own.
    """
    return tuple(
        edge for edge in design.incoming(function.id) if edge.flow is Flow.ASYNC and edge.mode is not Mode.FAILURE
    )


def polled_sources(design: Design, function: Node, connection: str) -> Iterator[tuple[Edge, Node]]:
    """The event source mappings of the function of this connection, with the queue or table that is read."""
    for edge in design.incoming(function.id):
        if edge.connection == connection:
            yield edge, design.nodes[edge.source]


def polling_functions(design: Design, source: Node, connection: str) -> Iterator[tuple[Edge, Node]]:
    """The event source mappings on a queue or table of this connection, with the function that gets the records."""
    for edge in design.outgoing(source.id):
        if edge.connection == connection:
            yield edge, design.nodes[edge.target]


def receives_failures(design: Design, node: Node) -> bool:
    """True for a dead-letter queue or on-failure destination: something that failed elsewhere arrives here."""
    return any(edge.mode is Mode.FAILURE for edge in design.incoming(node.id))


def reads_call_records(event_rule: Node) -> bool:
    """True for a rule whose pattern names fields that only CloudTrail's records of API calls have."""
    pattern = str(event_rule.value("event_pattern"))
    return any(word in pattern for word in ("CloudTrail", "eventName", "requestParameters"))


def names(nodes: list[Node]) -> str:
    """The labels of the nodes as a text, the first three of them."""
    labels = list(dict.fromkeys(node.label for node in nodes))
    if len(labels) > 3:
        return f"{', '.join(labels[:3])} and {len(labels) - 3} more"
    return " and ".join(filter(None, (", ".join(labels[:-1]), labels[-1])))
