"""Queues that would better be streams."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from designer.domain.catalog.registry import services
from designer.domain.catalog.sources import aws_docs
from designer.domain.graph.model import Design, Node
from designer.domain.rules.meanings import QUEUE_MAPPINGS, QUEUES, names, polling_functions
from designer.domain.rules.problem import Problem, problem
from designer.domain.rules.registry import rule
from designer.domain.rules.rule import Scope, Severity

_CHOICE: Final = aws_docs("Amazon SQS, Amazon MQ and Amazon SNS, or Kinesis", "streams/latest/dev/introduction.html")


@rule(
    "R153",
    Severity.ADVICE,
    "A stream would fit better than this queue",
    scope=Scope.NODE,
    only=QUEUES,
    why="A queue gives each message to one reader and forgets it. A stream keeps its records for a day or longer, so "
    "that several readers get all of them, each at its own pace, and can read them again.",
    source=_CHOICE,
)
def stream_instead_of_queue(design: Design, queue: Node) -> Iterator[Problem]:
    """Several readers take from one queue, or a FIFO queue should take more than FIFO queues do."""
    readers = list({node.id: node for _, node in polling_functions(design, queue, *QUEUE_MAPPINGS)}.values())
    if len(readers) > 1:
        yield problem(
            queue,
            f"{names(readers)} share the messages of {queue.label}. If each should get all of them, put a Kinesis "
            "stream in its place, or a topic with a queue per reader.",
        )
    elif queue.service == "sqs_fifo":
        rate_per_s = _rate_of_clients(design, queue)
        most_per_s = 10 * services()["sqs_fifo"].limit("call_rate").value
        if rate_per_s > most_per_s and queue.value("throughput_limit") == "perQueue":
            yield problem(
                queue,
                f"{rate_per_s:,g} messages a second are meant for {queue.label}, which takes {most_per_s:,g} in full "
                "batches. A Kinesis stream keeps the order per key at any rate; high throughput is the other way.",
                parameter="throughput_limit",
            )


def _rate_of_clients(design: Design, queue: Node) -> float:
    """Messages per second of the clients that send to the queue themselves."""
    clients = (design.nodes[edge.source] for edge in design.incoming(queue.id))
    return sum(
        max(node.number("rate_per_s"), node.number("peak_rate_per_s")) for node in clients if node.service == "client"
    )
