"""FIFO queues and topics: what keeps their order, and what breaks it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from designer.domain.catalog.sources import SQS_MAPPING_SCALING, aws_docs
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.rules.fixes import set_node
from designer.domain.rules.kinds import in_other_kind
from designer.domain.rules.meanings import FIFO_MAPPING, names, polled_sources, polling_functions
from designer.domain.rules.problem import Problem, problem
from designer.domain.rules.registry import rule
from designer.domain.rules.rule import Scope, Severity

_GUIDE: Final = "AWSSimpleQueueService/latest/SQSDeveloperGuide/"
_UNORDERED_SENDS: Final = ("lambda.sqs_standard.send_message", "lambda.sns_standard.publish")


@rule(
    "C141",
    Severity.ERROR,
    "High throughput needs deduplication within message groups",
    scope=Scope.NODE,
    only=("sqs_fifo",),
    why="AWS refuses a throughput limit per message group while ids are compared over the whole queue.",
    source=aws_docs("High throughput for FIFO queues", _GUIDE + "high-throughput-fifo.html"),
)
def throughput_without_scope(design: Design, queue: Node) -> Iterator[Problem]:
    """The throughput limit is per message group, the deduplication scope is the queue."""
    del design
    if queue.value("throughput_limit") == "perMessageGroupId" and queue.value("deduplication_scope") != "messageGroup":
        yield problem(
            queue,
            f"{queue.label} should have high throughput, but compares deduplication ids over the whole queue.",
            set_node(queue, "Compare within each message group", deduplication_scope="messageGroup"),
            set_node(queue, "Drop high throughput", throughput_limit=None),
            parameter="deduplication_scope",
        )


@rule(
    "R140",
    Severity.WARNING,
    "Order is lost on the way",
    scope=Scope.EDGE,
    only=("sns_fifo.sqs_standard.subscription", *_UNORDERED_SENDS),
    why="A standard queue or topic hands messages on in any order and some of them twice, so that what comes before it "
    "was kept in order for nothing.",
    source=aws_docs("Message delivery for FIFO topics", "sns/latest/dg/fifo-message-delivery.html"),
)
def order_lost(design: Design, edge: Edge) -> Iterator[Problem]:
    """What comes from a FIFO queue or topic goes on to a standard one."""
    source, target = design.nodes[edge.source], design.nodes[edge.target]
    if not edge.connection.startswith(f"{source.service}.{target.service}."):
        return
    if source.service == "lambda":
        ordered = [queue for _, queue in polled_sources(design, source, FIFO_MAPPING)]
        if not ordered:
            return
        message = f"{source.label} reads {names(ordered)} in order and passes it on to {target.label} without."
    else:
        message = f"{source.label} keeps its messages in order; {target.label} does not."
    fix = in_other_kind(design, target)
    yield problem(edge, message, *([] if fix is None else [fix]))


@rule(
    "P140",
    Severity.ADVICE,
    "One message group works on one batch at a time",
    scope=Scope.NODE,
    only=("sqs_fifo",),
    why="Lambda calls the function for one batch per message group at once. With a single group every message waits "
    "for all those before it, and one that fails stops everything.",
    source=SQS_MAPPING_SCALING,
)
def single_group(design: Design, queue: Node) -> Iterator[Problem]:
    """A function reads the queue, whose messages all have the same group."""
    readers = [function for _, function in polling_functions(design, queue, FIFO_MAPPING)]
    if readers and queue.number("message_groups") == 1:
        yield problem(
            queue,
            f"{names(readers)} works on one batch of {queue.label} at a time. Group the messages by what has to stay "
            "in order, such as the order or the customer.",
            parameter="message_groups",
        )
