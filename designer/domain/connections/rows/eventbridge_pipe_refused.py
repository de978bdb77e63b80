"""What a pipe cannot hand records to, and where it reports what a stream's target refuses."""

from __future__ import annotations

from typing import Final

from designer.domain.catalog.sources import aws_docs, service_model
from designer.domain.connections.spec import Bridge, Connection, Flow, Mode, PermissionSide, Verdict
from designer.domain.connections.wording import AT_LEAST_ONCE, TERMINAL, UNORDERED

_TARGETS: Final = aws_docs("EventBridge Pipes targets", "eventbridge/latest/userguide/eb-pipes-event-target.html")


def _refused(target: str, explanation: str, alternative: str, bridge: Bridge) -> Connection:
    return Connection(
        id=f"eventbridge_pipe.{target}.pipe_send",
        source="eventbridge_pipe",
        target=target,
        mode=Mode.PIPE,
        flow=Flow.ASYNC,
        verdict=Verdict.INVALID,
        label="Target",
        explanation=explanation,
        conditions="It is not among the targets of pipes.",
        authority=_TARGETS,
        alternative=alternative,
        bridge=bridge,
    )


def _through_function(second: str) -> Bridge:
    return Bridge("lambda", "Insert a function", "eventbridge_pipe.lambda.pipe_call", second)


CONNECTIONS = (
    _refused(
        "sns_fifo",
        "A pipe publishes on standard topics only.",
        "Send to a FIFO queue, or let a function publish with a message group.",
        _through_function("lambda.sns_fifo.publish"),
    ),
    _refused(
        "dynamodb",
        "A pipe cannot write an item.",
        "Let a function write the item, or a workflow with the putItem integration.",
        _through_function("lambda.dynamodb.api"),
    ),
    _refused(
        "opensearch",
        "A pipe cannot write to a search domain.",
        "Send to Data Firehose, which delivers to the domain, or let a function write.",
        Bridge(
            "firehose", "Insert Data Firehose", "eventbridge_pipe.firehose.pipe_send", "firehose.opensearch.delivery"
        ),
    ),
    _refused(
        "eventbridge_pipe",
        "Pipes do not chain: a pipe fetches from queues, streams and brokers.",
        "Put a queue between the pipes.",
        Bridge(
            "sqs_standard",
            "Insert a queue",
            "eventbridge_pipe.sqs_standard.pipe_send",
            "sqs_standard.eventbridge_pipe.pipe_source",
        ),
    ),
    Connection(
        id="eventbridge_pipe.sqs_standard.target_dlq",
        source="eventbridge_pipe",
        target="sqs_standard",
        mode=Mode.FAILURE,
        flow=Flow.ASYNC,
        verdict=Verdict.VALID,
        label="Dead-letter queue of the stream",
        explanation="Where the pipe reports a batch of a stream that it gave up: its position, not its content.",
        conditions="Only for pipes that read Kinesis or a DynamoDB stream. A queue as the source has its own redrive "
        "policy.",
        authority=service_model("pipes", "PipeSourceKinesisStreamParameters.DeadLetterConfig"),
        retries=TERMINAL,
        delivery=AT_LEAST_ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.SERVICE_ROLE,
        permission="sqs:SendMessage on the pipe's role",
        cfn_resources=("AWS::Pipes::Pipe",),
    ),
)
