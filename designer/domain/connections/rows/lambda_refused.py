"""What a function's outcomes cannot go to, and calls that AWS refuses."""

from designer.domain.catalog.sources import LAMBDA_DESTINATIONS, aws_docs, service_model
from designer.domain.connections.spec import Bridge, Connection, Flow, Mode, Verdict
from designer.domain.connections.wording import PIPE_SOURCES

_ALLOWED = "Destinations are standard queues, standard topics, functions and buses, and buckets for failures."
_OUTCOMES = {
    "on_success": (Mode.DELIVERY, "On-success destination", "lambda.lambda.on_success"),
    "on_failure": (Mode.FAILURE, "On-failure destination", "lambda.lambda.on_failure"),
    "dead_letter": (Mode.FAILURE, "Dead-letter queue", "lambda.lambda.on_failure"),
}


def _outcome(target: str, mechanism: str, *, what: str, alternative: str, second: str) -> Connection:
    mode, label, first = _OUTCOMES[mechanism]
    return Connection(
        id=f"lambda.{target}.{mechanism}",
        source="lambda",
        target=target,
        mode=mode,
        flow=Flow.ASYNC,
        verdict=Verdict.INVALID,
        label=label,
        explanation=f"Lambda does not send what became of an event to {what}.",
        conditions=_ALLOWED,
        authority=LAMBDA_DESTINATIONS,
        drawable=False,
        alternative=alternative,
        bridge=Bridge("lambda", "Insert a function", first, second),
    )


def _outcomes(target: str, *mechanisms: str, what: str, alternative: str, second: str) -> tuple[Connection, ...]:
    return tuple(
        _outcome(target, mechanism, what=what, alternative=alternative, second=second) for mechanism in mechanisms
    )


_BOTH = ("on_success", "on_failure")
_OVER_A_BUS = "Send it to a bus, whose rule passes it on, or let the code make the call itself."

CONNECTIONS = (
    *_outcomes(
        "sqs_fifo",
        *_BOTH,
        "dead_letter",
        what="a FIFO queue",
        alternative="Use a standard queue.",
        second="lambda.sqs_fifo.send_message",
    ),
    *_outcomes(
        "sns_fifo",
        *_BOTH,
        "dead_letter",
        what="a FIFO topic",
        alternative="Use a standard topic.",
        second="lambda.sns_fifo.publish",
    ),
    *_outcomes(
        "kinesis_stream",
        *_BOTH,
        what="a stream",
        alternative=_OVER_A_BUS,
        second="lambda.kinesis_stream.put_record",
    ),
    *_outcomes(
        "step_functions_standard",
        *_BOTH,
        what="a state machine",
        alternative=_OVER_A_BUS,
        second="lambda.step_functions_standard.start_execution",
    ),
    *_outcomes(
        "firehose",
        *_BOTH,
        what="a delivery stream",
        alternative=_OVER_A_BUS,
        second="lambda.firehose.put_record",
    ),
    Connection(
        id="lambda.firehose.put_to_sourced_stream",
        source="lambda",
        target="firehose",
        mode=Mode.ASYNCHRONOUS,
        flow=Flow.ASYNC,
        verdict=Verdict.INVALID,
        label="PutRecordBatch to a stream with a source",
        explanation="A delivery stream that reads from Kinesis or Kafka refuses records from anybody else.",
        conditions="Only a stream of the kind Direct PUT takes records.",
        authority=aws_docs(
            "Choose source and destination for your Firehose stream", "firehose/latest/dev/create-name.html"
        ),
        drawable=False,
        alternative="Write to the stream that it reads from.",
    ),
    Connection(
        id="lambda.step_functions_standard.start_sync_execution",
        source="lambda",
        target="step_functions_standard",
        mode=Mode.SYNCHRONOUS,
        flow=Flow.SYNC,
        verdict=Verdict.INVALID,
        label="StartSyncExecution",
        explanation="A standard workflow cannot be run while the caller waits.",
        conditions="StartSyncExecution is for express workflows.",
        authority=service_model("stepfunctions", "StartSyncExecution"),
        drawable=False,
        alternative="Start it and ask for its result later, or use an express workflow.",
    ),
    Connection(
        id="lambda.eventbridge_pipe.pipe_source",
        source="lambda",
        target="eventbridge_pipe",
        mode=Mode.PIPE,
        flow=Flow.POLL,
        verdict=Verdict.INVALID,
        label="Source of a pipe",
        explanation="A pipe cannot read from a function; functions are enrichments and targets.",
        conditions="Pipes read queues, Kinesis and DynamoDB streams, Kafka and Amazon MQ.",
        authority=PIPE_SOURCES,
        alternative="Let the function send to a queue or a stream, and the pipe read that.",
        bridge=Bridge(
            "sqs_standard",
            "Insert a queue",
            "lambda.sqs_standard.send_message",
            "sqs_standard.eventbridge_pipe.pipe_source",
        ),
    ),
)
