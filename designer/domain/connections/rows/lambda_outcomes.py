"""Where Lambda sends what became of an event: destinations and dead-letter queues."""

from designer.domain.catalog.sources import LAMBDA_DESTINATIONS, service_model
from designer.domain.catalog.spec import Source
from designer.domain.connections.spec import Bridge, Connection, Flow, Mode, PermissionSide, Verdict
from designer.domain.connections.wording import (
    AT_LEAST_ONCE,
    DESTINATION_RETRIES,
    STREAM_ON_FAILURE,
    TERMINAL,
    UNORDERED,
)

_ASYNC_ONLY = "Asynchronous events only; it does nothing for synchronous calls and polled batches."
_TARGETS = {
    "sqs_standard": ("sqs:SendMessage", ""),
    "sns_standard": ("sns:Publish", " A record of more than 256 KB loses its payload."),
    "lambda": ("lambda:InvokeFunction", ""),
    "eventbridge_bus": ("events:PutEvents", " The detail-type is Lambda Function Invocation Result."),
    "s3": ("s3:PutObject and s3:ListBucket", " S3 takes failures only."),
}


def _outcome(
    target: str,
    mechanism: str,
    *,
    label: str,
    explanation: str,
    conditions: str,
    cfn_resources: tuple[str, ...] = ("AWS::Lambda::EventInvokeConfig",),
    authority: Source = LAMBDA_DESTINATIONS,
) -> Connection:
    failure = mechanism != "on_success"
    return Connection(
        id=f"lambda.{target}.{mechanism}",
        source="lambda",
        target=target,
        mode=Mode.FAILURE if failure else Mode.DELIVERY,
        flow=Flow.ASYNC,
        verdict=Verdict.VALID,
        label=label,
        explanation=explanation,
        conditions=conditions,
        authority=authority,
        retries=f"{DESTINATION_RETRIES} {TERMINAL}" if failure else DESTINATION_RETRIES,
        delivery=AT_LEAST_ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.EXECUTION_ROLE,
        permission=_TARGETS[target][0],
        cfn_resources=cfn_resources,
    )


def _on_success(target: str) -> Connection:
    return _outcome(
        target,
        "on_success",
        label="On-success destination",
        explanation="After an asynchronous event went well, Lambda sends a record with the event and the answer here.",
        conditions=_ASYNC_ONLY + _TARGETS[target][1],
    )


def _on_failure(target: str) -> Connection:
    return _outcome(
        target,
        "on_failure",
        label="On-failure destination",
        explanation="When an asynchronous event has used up its retries or its age, Lambda sends a record with the "
        "event and the error here.",
        conditions=_ASYNC_ONLY + _TARGETS[target][1],
    )


def _dead_letter(target: str) -> Connection:
    return _outcome(
        target,
        "dead_letter",
        label="Dead-letter queue" if target == "sqs_standard" else "Dead-letter topic",
        explanation="When an asynchronous event has used up its retries or its age, Lambda sends the event here, "
        "without the error.",
        conditions=f"{_ASYNC_ONLY} An on-failure destination tells more; use one of the two.",
        cfn_resources=("AWS::Lambda::Function",),
    )


def _stream_on_failure(target: str) -> Connection:
    kept = "the records themselves" if target == "s3" else "the position of the records, not the records"
    return _outcome(
        target,
        "stream_on_failure",
        label="On-failure destination of a stream",
        explanation=f"When a batch of a stream is given up, Lambda sends {kept} here and reads on.",
        conditions="For event source mappings of Kinesis, DynamoDB streams and Kafka; a standard queue or topic, or a "
        "bucket.",
        cfn_resources=("AWS::Lambda::EventSourceMapping",),
        authority=STREAM_ON_FAILURE,
    )


CONNECTIONS = (
    *(_on_success(target) for target in ("sqs_standard", "sns_standard", "lambda", "eventbridge_bus")),
    *(_on_failure(target) for target in ("sqs_standard", "sns_standard", "lambda", "eventbridge_bus", "s3")),
    *(_dead_letter(target) for target in ("sqs_standard", "sns_standard")),
    *(_stream_on_failure(target) for target in ("sqs_standard", "sns_standard", "s3")),
    Connection(
        id="lambda.s3.on_success",
        source="lambda",
        target="s3",
        mode=Mode.DELIVERY,
        flow=Flow.ASYNC,
        verdict=Verdict.INVALID,
        label="On-success destination",
        explanation="Lambda sends only failures to a bucket, never successes.",
        conditions="On-success destinations are queues, topics, functions and buses.",
        authority=LAMBDA_DESTINATIONS,
        drawable=False,
        alternative="Send successes to a queue, a topic, a function or a bus, or let the code write the object itself.",
        bridge=Bridge("lambda", "Insert a function", "lambda.lambda.on_success", "lambda.s3.api"),
    ),
    Connection(
        id="lambda.eventbridge_bus.stream_on_failure",
        source="lambda",
        target="eventbridge_bus",
        mode=Mode.FAILURE,
        flow=Flow.ASYNC,
        verdict=Verdict.INVALID,
        label="On-failure destination of a stream",
        explanation="An event source mapping cannot send failed batches to a bus.",
        conditions="It sends them to a standard queue, a standard topic, a bucket or a Kafka topic.",
        authority=service_model("lambda", "OnFailure.Destination"),
        drawable=False,
        alternative="Send them to a queue, from where a pipe or a function puts them on the bus.",
    ),
)
