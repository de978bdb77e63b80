"""What an edge does to the function, queue or topic at its end, in the words of the rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from designer.domain.connections.spec import Flow, Mode
from designer.domain.graph.model import Design, Edge, Node

SQS_MAPPING: Final = "sqs_standard.lambda.event_source_mapping"
STREAM_MAPPING: Final = "dynamodb.lambda.event_source_mapping"
KINESIS_MAPPING: Final = "kinesis_stream.lambda.event_source_mapping"
FAN_OUT_MAPPING: Final = "kinesis_stream.lambda.enhanced_fan_out"
KINESIS_MAPPINGS: Final = (KINESIS_MAPPING, FAN_OUT_MAPPING)
STREAM_MAPPINGS: Final = (STREAM_MAPPING, *KINESIS_MAPPINGS)
"""The mappings by which a function reads a table's stream or a data stream."""
FIFO_MAPPING: Final = "sqs_fifo.lambda.event_source_mapping"
ALIAS_MAPPING: Final = "sqs_standard.lambda_alias_version.event_source_mapping"
QUEUE_MAPPINGS: Final = (SQS_MAPPING, FIFO_MAPPING)
"""The mappings by which a function reads a queue itself."""

REDRIVE: Final = "sqs_standard.sqs_standard.redrive"
FIFO_REDRIVE: Final = "sqs_fifo.sqs_fifo.redrive"
REDRIVES: Final = (REDRIVE, FIFO_REDRIVE)
ALIAS: Final = "lambda_alias_version.lambda.version"
QUEUES: Final = ("sqs_standard", "sqs_fifo")
TOPICS: Final = ("sns_standard", "sns_fifo")
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

APIS: Final = ("api_gateway_rest", "api_gateway_http", "api_gateway_websocket")


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


def polled_sources(design: Design, function: Node, *connections: str) -> Iterator[tuple[Edge, Node]]:
    """The event source mappings of the function of these connections, with the queue or table that is read."""
    for edge in design.incoming(function.id):
        if edge.connection in connections:
            yield edge, design.nodes[edge.source]


def polling_functions(design: Design, source: Node, *connections: str) -> Iterator[tuple[Edge, Node]]:
    """The event source mappings on a queue or table of these connections, with the function that gets the records."""
    for edge in design.outgoing(source.id):
        if edge.connection in connections:
            yield edge, design.nodes[edge.target]


def receives_failures(design: Design, node: Node) -> bool:
    """True for a dead-letter queue or on-failure destination: something that failed elsewhere arrives here."""
    return any(edge.mode is Mode.FAILURE for edge in design.incoming(node.id))


def reads_call_records(event_rule: Node) -> bool:
    """True for a rule whose pattern names fields that only CloudTrail's records of API calls have."""
    pattern = str(event_rule.value("event_pattern"))
    return any(word in pattern for word in ("CloudTrail", "eventName", "requestParameters"))


_VOUCHING: Final = frozenset({"lambda", "cognito_user_pool", "cognito_identity_pool", "identity_provider"})


def vouching(design: Design, api: Node) -> list[Node]:
    """What an API asks who its callers are: authorizer functions, pools and providers, whichever way they are drawn."""
    asked = [design.nodes[edge.target] for edge in design.outgoing(api.id) if edge.mode is Mode.AUTHORIZER]
    asked += [design.nodes[edge.source] for edge in design.incoming(api.id) if edge.mode is Mode.AUTHORIZER]
    return [node for node in asked if node.service in _VOUCHING]


def names(nodes: list[Node]) -> str:
    """The labels of the nodes as a text, the first three of them."""
    labels = list(dict.fromkeys(node.label for node in nodes))
    if len(labels) > 3:
        return f"{', '.join(labels[:3])} and {len(labels) - 3} more"
    return " and ".join(filter(None, (", ".join(labels[:-1]), labels[-1])))
