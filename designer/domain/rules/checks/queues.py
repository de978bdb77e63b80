"""Queues: what happens to messages that keep failing, and how batches are made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from designer.domain.catalog.sources import SQS_MAPPING as MAPPING_SOURCE
from designer.domain.catalog.sources import SQS_QUOTAS, aws_docs, service_model, toolkit
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.rules.fixes import (
    LONGEST_RETENTION_S,
    add_failure_queue,
    remove_edge,
    remove_edges,
    set_edge,
    set_node,
)
from designer.domain.rules.meanings import (
    FIFO_REDRIVE,
    QUEUE_MAPPINGS,
    QUEUES,
    REDRIVE,
    REDRIVES,
    SQS_MAPPING,
    names,
    polling_functions,
    receives_failures,
)
from designer.domain.rules.problem import Problem, problem
from designer.domain.rules.registry import rule
from designer.domain.rules.rule import Scope, Severity

_REDRIVE_OF: Final = {"sqs_standard": REDRIVE, "sqs_fifo": FIFO_REDRIVE}
_LONGEST_DELAY_S: Final = 900
"""The longest delivery delay of a queue; L004 finds longer ones."""
_DEAD_LETTER_QUEUES: Final = aws_docs(
    "Amazon SQS dead-letter queues",
    "AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html",
)
_EVENT_SOURCES: Final = toolkit("Lambda event sources", "event-sources.md")


@rule(
    "R002",
    Severity.WARNING,
    "Queue without a dead-letter queue",
    scope=Scope.NODE,
    only=QUEUES,
    why="A message that can never be worked on comes back again and again until its retention ends, and is then "
    "deleted without a trace.",
    source=_DEAD_LETTER_QUEUES,
)
def queue_without_dead_letter_queue(design: Design, queue: Node) -> Iterator[Problem]:
    """The queue has no redrive policy, and is no place for failures itself."""
    if any(edge.connection in REDRIVES for edge in design.outgoing(queue.id)) or receives_failures(design, queue):
        return
    yield problem(
        queue,
        f"{queue.label} has nowhere to put messages that keep failing.",
        add_failure_queue(design, queue, _REDRIVE_OF[queue.service], "Add a dead-letter queue"),
    )


@rule(
    "R009",
    Severity.ERROR,
    "Large batch without a batch window",
    scope=Scope.EDGE,
    only=(SQS_MAPPING,),
    why="One fetch returns at most 10 messages. AWS refuses a larger batch unless the window is at least 1 s.",
    source=_EVENT_SOURCES,
)
def large_batch_without_window(design: Design, edge: Edge) -> Iterator[Problem]:
    """The batch size of a queue's mapping is above 10 and its batch window is 0."""
    batch = edge.number("batch_size", 10)
    if batch > 10 and edge.number("batch_window_s") < 1:
        yield problem(
            edge,
            f"{design.nodes[edge.target].label} should get batches of {batch:g} messages; that needs a batch window.",
            set_edge(edge, "Collect for 1 s", batch_window_s=1),
            set_edge(edge, "Use batches of 10", batch_size=10),
            parameter="batch_window_s",
        )


@rule(
    "R010",
    Severity.ADVICE,
    "Few receives before the dead-letter queue",
    scope=Scope.EDGE,
    only=REDRIVES,
    why="A throttled function also uses up receives, so healthy messages end in the dead-letter queue.",
    source=MAPPING_SOURCE,
)
def few_receives(design: Design, edge: Edge) -> Iterator[Problem]:
    """A function reads the queue, and messages move on after fewer than 5 receives."""
    receives = edge.number("max_receive_count", 10)
    readers = [function for _, function in polling_functions(design, design.nodes[edge.source], *QUEUE_MAPPINGS)]
    if readers and receives < 5:
        yield problem(
            edge,
            f"A message leaves {design.nodes[edge.source].label} after {receives:g} receives; with {names(readers)} as "
            "its reader at least 5 are advised.",
            set_edge(edge, "Allow 5 receives", max_receive_count=5),
            parameter="max_receive_count",
        )


@rule(
    "R011",
    Severity.WARNING,
    "Dead-letter queue forgets too early",
    scope=Scope.NODE,
    only=QUEUES,
    why="A message keeps the time at which it was first sent. What failed late is deleted soon after it has moved.",
    source=_DEAD_LETTER_QUEUES,
)
def dead_letter_retention(design: Design, queue: Node) -> Iterator[Problem]:
    """A dead-letter queue keeps messages no longer than the queue they come from."""
    sources = [design.nodes[edge.source] for edge in design.incoming(queue.id) if edge.connection in REDRIVES]
    if not sources:
        return
    longest = max(sources, key=lambda node: node.number("message_retention_s", 345_600))
    own_s, other_s = queue.number("message_retention_s", 345_600), longest.number("message_retention_s", 345_600)
    if own_s <= other_s and own_s < LONGEST_RETENTION_S:
        yield problem(
            queue,
            f"{queue.label} keeps messages for {own_s / 3600:g} h, {longest.label} for {other_s / 3600:g} h.",
            set_node(queue, "Keep them for 14 days", message_retention_s=LONGEST_RETENTION_S),
            parameter="message_retention_s",
        )


@rule(
    "R012",
    Severity.WARNING,
    "Dead-letter queue read by the function that failed",
    scope=Scope.EDGE,
    only=REDRIVES,
    why="What the function could not handle comes straight back to it, and a bad message is worked on without end.",
    source=_DEAD_LETTER_QUEUES,
)
def dead_letters_come_back(design: Design, edge: Edge) -> Iterator[Problem]:
    """One function reads both the queue and its dead-letter queue."""
    readers = {function.id for _, function in polling_functions(design, design.nodes[edge.source], *QUEUE_MAPPINGS)}
    for mapping, function in polling_functions(design, design.nodes[edge.target], *QUEUE_MAPPINGS):
        if function.id in readers:
            yield problem(
                edge,
                f"{function.label} reads {design.nodes[edge.source].label} and its dead-letter queue.",
                remove_edge(mapping, "Stop reading the dead-letter queue"),
            )
            return


@rule(
    "R013",
    Severity.ADVICE,
    "One bad message repeats the whole batch",
    scope=Scope.EDGE,
    only=QUEUE_MAPPINGS,
    why="Without partial batch responses a failure returns every message of the batch, the good ones too, and they are "
    "worked on again.",
    source=_EVENT_SOURCES,
)
def no_partial_batch_response(design: Design, edge: Edge) -> Iterator[Problem]:
    """Batches hold several messages, and the function does not report which ones failed."""
    batch = edge.number("batch_size", 10)
    if batch > 1 and edge.value("report_batch_item_failures") is not True:
        yield problem(
            edge,
            f"{design.nodes[edge.target].label} gets up to {batch:g} messages at once and fails or succeeds with all.",
            set_edge(edge, "Let it report failed items", report_batch_item_failures=True),
            parameter="report_batch_item_failures",
        )


@rule(
    "R038",
    Severity.WARNING,
    "Two readers share one queue",
    scope=Scope.NODE,
    only=QUEUES,
    why="Each message goes to one reader only, whichever is first, and a filter deletes what does not match. For a "
    "copy each, publish to a topic or a bus with a queue per reader.",
    source=MAPPING_SOURCE,
)
def several_readers(design: Design, queue: Node) -> Iterator[Problem]:
    """Two functions poll the same queue."""
    readers = {function.id: function for _, function in polling_functions(design, queue, *QUEUE_MAPPINGS)}
    if len(readers) > 1:
        yield problem(queue, f"{names(list(readers.values()))} take messages from {queue.label} in turns.")


@rule(
    "R041",
    Severity.ERROR,
    "Several dead-letter queues",
    scope=Scope.NODE,
    only=QUEUES,
    why="A queue has one redrive policy with one dead-letter queue.",
    source=service_model("sqs", "CreateQueue.RedrivePolicy"),
)
def several_dead_letter_queues(design: Design, queue: Node) -> Iterator[Problem]:
    """The queue redrives to two queues."""
    redrives = [edge for edge in design.outgoing(queue.id) if edge.connection in REDRIVES]
    if len(redrives) > 1:
        first = design.nodes[redrives[0].target]
        yield problem(
            queue,
            f"{queue.label} has {len(redrives)} dead-letter queues.",
            remove_edges(redrives[1:], f"Keep only {first.label}"),
        )


@rule(
    "R051",
    Severity.WARNING,
    "Messages expire before they are delivered",
    scope=Scope.NODE,
    only=QUEUES,
    why="A message is deleted when its retention ends, whether or not anybody has seen it.",
    source=SQS_QUOTAS,
)
def delay_beyond_retention(design: Design, queue: Node) -> Iterator[Problem]:
    """The delivery delay is as long as the retention, or longer."""
    del design
    delay_s, retention_s = queue.number("delay_s"), queue.number("message_retention_s", 345_600)
    if retention_s <= delay_s <= _LONGEST_DELAY_S:
        yield problem(
            queue,
            f"{queue.label} hides new messages for {delay_s:g} s and deletes them after {retention_s:g} s.",
            set_node(queue, "Keep messages for 4 days", message_retention_s=345_600),
            parameter="message_retention_s",
        )
