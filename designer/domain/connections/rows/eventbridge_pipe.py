"""What a pipe hands its records to, and what it has them enriched by."""

from __future__ import annotations

from typing import Final

from designer.domain.catalog.sources import aws_docs, service_model
from designer.domain.catalog.spec import Parameter, Source
from designer.domain.connections.event_parameters import (
    DIRECT_PUT,
    HTTPS,
    MESSAGE_GROUP_ID,
    NEEDS_GROUP_ID,
    NEEDS_PARTITION_KEY,
    PARTITION_KEY,
)
from designer.domain.connections.spec import (
    Connection,
    Flow,
    Mode,
    PermissionSide,
    Requirement,
    Verdict,
)
from designer.domain.connections.wording import AT_LEAST_ONCE

_GUIDE: Final = "eventbridge/latest/userguide/"
_TARGETS: Final = aws_docs("EventBridge Pipes targets", _GUIDE + "eb-pipes-event-target.html")
_ENRICHMENT: Final = aws_docs("Event enrichment in EventBridge Pipes", _GUIDE + "pipes-enrichment.html")
_PIPE: Final = "AWS::Pipes::Pipe"
_RETRIES: Final = (
    "A failed batch is repeated as the source has it: a queue's messages come back after the visibility timeout, a "
    "stream's shard waits until the batch works, is given up or expires."
)
_ORDER: Final = "The order of the source is kept"
_ANSWERED: Final = "The pipe waits for the answer before it goes on with the source."


def _row(
    target: str,
    mechanism: str,
    label: str,
    explanation: str,
    conditions: str,
    *,
    permission: str,
    flow: Flow = Flow.ASYNC,
    preferred: bool = False,
    authority: Source = _TARGETS,
    requirements: tuple[Requirement, ...] = (),
    parameters: tuple[Parameter, ...] = (),
) -> Connection:
    return Connection(
        id=f"eventbridge_pipe.{target}.{mechanism}",
        source="eventbridge_pipe",
        target=target,
        mode=Mode.PIPE,
        flow=flow,
        verdict=Verdict.VALID,
        label=label,
        explanation=explanation,
        conditions=conditions,
        authority=authority,
        preferred=preferred,
        retries=_RETRIES,
        delivery=AT_LEAST_ONCE,
        ordering=_ORDER,
        permission_side=PermissionSide.SERVICE_ROLE,
        permission=f"{permission} on the pipe's role",
        cfn_resources=(_PIPE, "AWS::IAM::Role"),
        requirements=requirements,
        parameters=parameters,
    )


def _send(
    target: str,
    explanation: str,
    conditions: str,
    permission: str,
    *,
    requirements: tuple[Requirement, ...] = (),
    parameters: tuple[Parameter, ...] = (),
) -> Connection:
    """The only way to this target: the pipe hands the records over and goes on."""
    return _row(
        target,
        "pipe_send",
        "Target",
        explanation,
        conditions,
        permission=permission,
        preferred=True,
        requirements=requirements,
        parameters=parameters,
    )


def _enrichment(
    target: str, conditions: str, permission: str, requirements: tuple[Requirement, ...] = ()
) -> Connection:
    return _row(
        target,
        "enrichment",
        "Enrichment",
        "The pipe sends it the batch, waits, and hands the answer to its target instead of the records.",
        conditions,
        permission=permission,
        flow=Flow.SYNC,
        authority=_ENRICHMENT,
        requirements=requirements,
    )


CONNECTIONS = (
    _row(
        "lambda",
        "pipe_call",
        "Target, waits for the function",
        f"The pipe calls the function with the batch. {_ANSWERED}",
        "The function gets a list, also for a single record, of 6 MB at most. It can name the records that failed. "
        "With an ordered source this is the only way.",
        permission="lambda:InvokeFunction",
        flow=Flow.SYNC,
        preferred=True,
    ),
    _row(
        "lambda",
        "pipe_send",
        "Target, does not wait",
        "The pipe hands the batch to Lambda's queue and goes on; Lambda retries by itself.",
        "Not for ordered sources, which are always waited for.",
        permission="lambda:InvokeFunction",
        authority=service_model("pipes", "PipeTargetLambdaFunctionParameters.InvocationType"),
    ),
    _enrichment(
        "lambda",
        "An answer of 6 MB at most. The whole execution has 5 minutes, so the function has to be faster.",
        "lambda:InvokeFunction",
    ),
    _row(
        "step_functions_express",
        "pipe_call",
        "Target, waits for the workflow",
        f"The pipe runs the express workflow with the batch. {_ANSWERED}",
        "256 KB of input; the whole execution has 5 minutes.",
        permission="states:StartSyncExecution",
        flow=Flow.SYNC,
        preferred=True,
    ),
    _row(
        "step_functions_express",
        "pipe_send",
        "Target, does not wait",
        "The pipe starts the express workflow with the batch and goes on.",
        "256 KB of input. Not for ordered sources, which are always waited for.",
        permission="states:StartExecution",
    ),
    _enrichment(
        "step_functions_express",
        "Express is the only kind of workflow that can enrich. 256 KB of input.",
        "states:StartSyncExecution",
    ),
    _send(
        "step_functions_standard",
        "The pipe starts an execution with the batch and goes on.",
        "A standard workflow cannot be waited for, and it cannot enrich.",
        "states:StartExecution",
    ),
    _send(
        "sqs_standard",
        "The pipe sends each record to the queue as a message.",
        "10 messages at once, so the batch size of the pipe may not be larger.",
        "sqs:SendMessage",
    ),
    _send(
        "sqs_fifo",
        "The pipe sends each record to the queue, in the message group that it names.",
        "Message group and deduplication id are constants or paths into the record. 10 messages at once.",
        "sqs:SendMessage",
        requirements=(NEEDS_GROUP_ID,),
        parameters=(MESSAGE_GROUP_ID,),
    ),
    _send(
        "sns_standard",
        "The pipe publishes each record on the topic.",
        "10 messages at once, so the batch size of the pipe may not be larger.",
        "sns:Publish",
    ),
    _send(
        "eventbridge_bus",
        "The pipe puts each record on the bus, as the detail of an event.",
        "A bus of the same account and Region; 1 MB and 10 events at once.",
        "events:PutEvents",
    ),
    _send(
        "kinesis_stream",
        "The pipe puts the batch into the stream.",
        "The pipe names a partition key, constant or by path. 500 records at once.",
        "kinesis:PutRecord and kinesis:PutRecords",
        requirements=(NEEDS_PARTITION_KEY,),
        parameters=(PARTITION_KEY,),
    ),
    _send(
        "firehose",
        "The pipe puts the batch into the delivery stream.",
        "500 records at once. Only a delivery stream of the kind Direct PUT takes records.",
        "firehose:PutRecordBatch",
        requirements=(DIRECT_PUT,),
    ),
    _row(
        "http_endpoint",
        "pipe_call",
        "Target by API destination",
        f"The pipe calls the address with each record. {_ANSWERED}",
        "HTTPS; the endpoint has 5 s for its answer. An input template shapes the body.",
        permission="events:InvokeApiDestination",
        flow=Flow.SYNC,
        preferred=True,
        requirements=(HTTPS,),
    ),
    _enrichment(
        "http_endpoint",
        "By an API destination: HTTPS, and 5 s for the answer.",
        "events:InvokeApiDestination",
        (HTTPS,),
    ),
    _row(
        "api_gateway_rest",
        "pipe_call",
        "Target",
        f"The pipe calls a method of the API's stage with each record. {_ANSWERED}",
        "REST APIs only. An input template shapes the body.",
        permission="execute-api:Invoke",
        flow=Flow.SYNC,
        preferred=True,
    ),
    _enrichment("api_gateway_rest", "REST APIs only, with the API's own time limit.", "execute-api:Invoke"),
    _send(
        "ecs_fargate",
        "The pipe starts a task for each record and goes on.",
        "One record at a time: tasks take no batches.",
        "ecs:RunTask and iam:PassRole",
    ),
    _send(
        "cloudwatch_logs",
        "The pipe writes the batch into the log group.",
        "Up to 10,000 records at once.",
        "logs:CreateLogStream and logs:PutLogEvents",
    ),
    _send(
        "redshift",
        "The pipe runs SQL statements through the Redshift Data API.",
        "The pipe names the database and the statements.",
        "redshift-data:ExecuteStatement",
    ),
)
