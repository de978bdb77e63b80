"""Pipes: one source, one target, and what each of them can take."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from designer.domain.catalog.registry import services
from designer.domain.catalog.sources import aws_docs, service_model
from designer.domain.connections.registry import connections
from designer.domain.connections.spec import Mode
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.rules.fixes import add_failure_queue, remove_edge, set_node, switch_connection
from designer.domain.rules.meanings import names
from designer.domain.rules.problem import Problem, problem
from designer.domain.rules.registry import rule
from designer.domain.rules.rule import Fix, Scope, Severity

_PIPE: Final = ("eventbridge_pipe",)
_GUIDE: Final = "eventbridge/latest/userguide/"
_BATCHING: Final = aws_docs("EventBridge Pipes batching and concurrency", _GUIDE + "eb-pipes-batching-concurrency.html")
_ENRICHMENT: Final = "enrichment"
_STREAMS: Final = frozenset({"kinesis_stream", "dynamodb"})
_ORDERED: Final = frozenset({"kinesis_stream", "dynamodb", "sqs_fifo", "msk"})
_TAKES_AT_ONCE: Final = {
    "sqs_standard": 10,
    "sqs_fifo": 10,
    "sns_standard": 10,
    "eventbridge_bus": 10,
    "kinesis_stream": 500,
    "firehose": 500,
    "ecs_fargate": 1,
}
"""Records that a target takes at once; AWS raises none of them."""
_SENDS_AND_GOES_ON: Final = (
    "eventbridge_pipe.lambda.pipe_send",
    "eventbridge_pipe.step_functions_express.pipe_send",
)
_WAITED_FOR: Final = ("eventbridge_pipe.lambda.pipe_call", "eventbridge_pipe.lambda.enrichment")
_DLQ: Final = "eventbridge_pipe.sqs_standard.target_dlq"


@rule(
    "L105",
    Severity.ERROR,
    "Batches of a pipe that its target does not take",
    scope=Scope.EDGE,
    only=tuple(f"eventbridge_pipe.{target}.pipe_send" for target in _TAKES_AT_ONCE),
    why="AWS refuses a pipe whose batches are larger than what its target takes at once.",
    source=_BATCHING,
)
def batch_larger_than_target_takes(design: Design, edge: Edge) -> Iterator[Problem]:
    """The pipe's batch size is above the limit of its target."""
    pipe, target = design.nodes[edge.source], design.nodes[edge.target]
    most = _TAKES_AT_ONCE.get(target.service, None)
    size = int(pipe.number("batch_size", 1.0))
    if most is not None and size > most:
        yield problem(
            edge,
            f"{pipe.label} sends {size:,} records at once; {target.label} takes {most}.",
            set_node(pipe, f"Set the batch size to {most}", batch_size=most),
        )


@rule(
    "R107",
    Severity.ERROR,
    "Pipe with several sources, enrichments or targets",
    scope=Scope.NODE,
    only=_PIPE,
    why="A pipe has one source, one target and at most one enrichment.",
    source=service_model("pipes", "CreatePipe"),
)
def pipe_with_several_ends(design: Design, pipe: Node) -> Iterator[Problem]:
    """Two arrows of the same kind reach or leave the pipe."""
    for what, edges in (
        ("sources", _sources(design, pipe)),
        ("enrichments", _enrichments(design, pipe)),
        ("targets", _targets(design, pipe)),
    ):
        if len(edges) > 1:
            message = f"{pipe.label} has {len(edges)} {what}; one is possible. Draw a pipe for each."
            yield problem(pipe, message, parameter=what)


@rule(
    "R108",
    Severity.WARNING,
    "Pipe without a source or a target",
    scope=Scope.NODE,
    only=_PIPE,
    why="AWS refuses a pipe that lacks one of them.",
    source=service_model("pipes", "CreatePipe"),
)
def incomplete_pipe(design: Design, pipe: Node) -> Iterator[Problem]:
    """Nothing feeds the pipe, or it hands its records to nobody."""
    if not _sources(design, pipe):
        yield problem(pipe, f"{pipe.label} has no source to fetch from.")
    elif not _targets(design, pipe):
        yield problem(pipe, f"{pipe.label} has no target.")


@rule(
    "R109",
    Severity.WARNING,
    "Function that a pipe does not wait for long enough",
    scope=Scope.EDGE,
    only=_WAITED_FOR,
    why="One execution of a pipe has 5 minutes, enrichment and target together. What takes longer fails and is "
    "repeated.",
    source=_BATCHING,
)
def function_longer_than_pipe(design: Design, edge: Edge) -> Iterator[Problem]:
    """The function may run longer than the pipe's execution."""
    function = design.nodes[edge.target]
    most = int(services()["eventbridge_pipe"].limit("execution_s").value)
    timeout = function.number("timeout_s", 3.0)
    if timeout > most:
        yield problem(
            edge,
            f"{function.label} may run for {timeout:g} s; the pipe gives up after {most} s.",
            set_node(function, f"Set the timeout to {most} s", timeout_s=most),
        )


@rule(
    "R111",
    Severity.WARNING,
    "Pipe that a bad record stops",
    scope=Scope.NODE,
    only=_PIPE,
    why="Without a limit a failed batch is repeated until its records expire, and the shard waits all that time.",
    source=service_model("pipes", "PipeSourceKinesisStreamParameters.MaximumRetryAttempts"),
)
def stream_without_end_of_retries(design: Design, pipe: Node) -> Iterator[Problem]:
    """The pipe reads a stream and has no limit on retries and none on the age of records."""
    sources = [node for node in _source_nodes(design, pipe) if node.service in _STREAMS]
    unlimited = pipe.number("maximum_retry_attempts", -1) == -1 and pipe.number("maximum_record_age_s", -1) == -1
    if sources and unlimited:
        limit = set_node(pipe, "Try 10 times, and keep what fails", maximum_retry_attempts=10)
        queue = (
            ()
            if any(edge.connection == _DLQ for edge in design.outgoing(pipe.id))
            else add_failure_queue(design, pipe, _DLQ, "").operations
        )
        yield problem(
            pipe,
            f"One record that always fails stops a shard of {names(sources)} until it expires.",
            Fix(limit.label, (*limit.operations, *queue)),
            parameter="maximum_retry_attempts",
        )


@rule(
    "R112",
    Severity.WARNING,
    "Dead-letter queue of a pipe that nothing reaches",
    scope=Scope.EDGE,
    only=(_DLQ,),
    why="Only pipes that read Kinesis or a DynamoDB stream have one. A queue as the source has its own redrive policy.",
    source=service_model("pipes", "PipeSourceKinesisStreamParameters.DeadLetterConfig"),
)
def dead_letter_queue_without_stream(design: Design, edge: Edge) -> Iterator[Problem]:
    """The pipe reads no stream, and has a dead-letter queue."""
    pipe = design.nodes[edge.source]
    sources = _source_nodes(design, pipe)
    if sources and not any(node.service in _STREAMS for node in sources):
        yield problem(
            edge,
            f"{names(sources)} is no stream, so {pipe.label} can have no dead-letter queue.",
            remove_edge(edge),
        )


@rule(
    "C100",
    Severity.ERROR,
    "Ordered source with a target that is not waited for",
    scope=Scope.EDGE,
    only=_SENDS_AND_GOES_ON,
    why="A pipe that reads in order always waits for functions and workflows, so that the order is kept.",
    source=aws_docs("EventBridge Pipes targets", _GUIDE + "eb-pipes-event-target.html"),
)
def ordered_source_without_waiting(design: Design, edge: Edge) -> Iterator[Problem]:
    """The pipe hands records of an ordered source over and goes on."""
    pipe, target = design.nodes[edge.source], design.nodes[edge.target]
    ordered = [node for node in _source_nodes(design, pipe) if node.service in _ORDERED]
    if ordered:
        waiting = connections()[edge.connection.replace("pipe_send", "pipe_call")]
        yield problem(
            edge,
            f"{names(ordered)} is read in order, so {pipe.label} has to wait for {target.label}.",
            switch_connection(design, edge, waiting),
        )


def _sources(design: Design, pipe: Node) -> list[Edge]:
    return [edge for edge in design.incoming(pipe.id) if edge.mode is Mode.PIPE]


def _source_nodes(design: Design, pipe: Node) -> list[Node]:
    return [design.nodes[edge.source] for edge in _sources(design, pipe)]


def _enrichments(design: Design, pipe: Node) -> list[Edge]:
    return [edge for edge in design.outgoing(pipe.id) if edge.connection.endswith(f".{_ENRICHMENT}")]


def _targets(design: Design, pipe: Node) -> list[Edge]:
    return [
        edge
        for edge in design.outgoing(pipe.id)
        if edge.mode is not Mode.FAILURE and not edge.connection.endswith(f".{_ENRICHMENT}")
    ]
