"""A REST API in front of streams, FIFO queues and workflows, without code."""

from __future__ import annotations

from typing import Final

from designer.domain.catalog.sources import aws_docs, service_model
from designer.domain.catalog.spec import Parameter, Source
from designer.domain.connections.route_parameters import MESSAGE_GROUP, REST_ROUTE
from designer.domain.connections.spec import (
    Comparison,
    Connection,
    End,
    Flow,
    Mode,
    PermissionSide,
    Requirement,
    Verdict,
)
from designer.domain.connections.wording import AT_LEAST_ONCE, NO_API_RETRY, ONCE, REST_INTEGRATION, UNORDERED

_METHOD: Final = ("AWS::ApiGateway::Method", "AWS::IAM::Role")
_WORKFLOWS: Final = aws_docs("Choosing workflow type", "step-functions/latest/dg/choosing-workflow-type.html")


def _action(
    target: str,
    mechanism: str,
    label: str,
    *,
    explanation: str,
    conditions: str,
    permission: str,
    authority: Source = REST_INTEGRATION,
    waits: bool = False,
    retries: str = NO_API_RETRY,
    delivery: str = AT_LEAST_ONCE,
    ordering: str = UNORDERED,
    requirements: tuple[Requirement, ...] = (),
    parameters: tuple[Parameter, ...] = (),
    verdict: Verdict = Verdict.VALID,
    preferred: bool = True,
) -> Connection:
    """An AWS service that the API calls with a role of its own."""
    return Connection(
        id=f"api_gateway_rest.{target}.{mechanism}",
        source="api_gateway_rest",
        target=target,
        mode=Mode.INTEGRATION,
        flow=Flow.SYNC if waits else Flow.ASYNC,
        verdict=verdict,
        label=label,
        explanation=explanation,
        conditions=conditions,
        authority=authority,
        preferred=preferred,
        retries=retries,
        delivery=delivery,
        ordering=ordering,
        permission_side=PermissionSide.SERVICE_ROLE,
        permission=f"{permission} on the integration's role",
        cfn_resources=_METHOD,
        requirements=requirements,
        parameters=(*REST_ROUTE, *parameters),
    )


CONNECTIONS = (
    _action(
        "sqs_fifo",
        "send_message",
        "SendMessage",
        explanation="The API writes the request into the queue and answers the caller at once; no function is needed.",
        conditions="The mapping template gives a MessageGroupId, and a MessageDeduplicationId unless the queue "
        "deduplicates by content.",
        permission="sqs:SendMessage",
        authority=service_model("sqs", "SendMessage.MessageGroupId"),
        delivery="Once, within five minutes of the same deduplication id",
        ordering="Per message group",
        verdict=Verdict.CONDITIONAL,
        requirements=(
            Requirement(
                End.EDGE,
                "message_group",
                Comparison.IS_SET,
                (),
                "the mapping template says which message group a request belongs to",
                fix="$input.params('group')",
            ),
        ),
        parameters=(MESSAGE_GROUP,),
    ),
    _action(
        "kinesis_stream",
        "put_record",
        "PutRecord",
        explanation="The API writes the request into the stream as a record and answers the caller at once.",
        conditions="The mapping template gives the data in base64 and the partition key.",
        permission="kinesis:PutRecord",
        ordering="Per partition key",
    ),
    _action(
        "firehose",
        "put_record",
        "PutRecord",
        explanation="The API hands the request to the delivery stream and answers the caller at once.",
        conditions="The stream takes direct puts.",
        permission="firehose:PutRecord",
        requirements=(
            Requirement(
                End.TARGET,
                "source_type",
                Comparison.ONE_OF,
                ("DirectPut",),
                "the delivery stream takes direct puts",
                fix="DirectPut",
            ),
        ),
    ),
    _action(
        "step_functions_standard",
        "start_execution",
        "StartExecution",
        explanation="The API starts a workflow and answers with its ARN at once; the result has to be asked for or "
        "sent back.",
        conditions="Nothing waits for the result.",
        permission="states:StartExecution",
        authority=_WORKFLOWS,
        retries=f"{NO_API_RETRY} Inside the workflow its own Retry and Catch apply.",
        delivery="Exactly one workflow per name",
    ),
    _action(
        "step_functions_express",
        "start_sync",
        "StartSyncExecution",
        explanation="The API runs the workflow, waits for it and answers with its result.",
        conditions="The API waits 29 s by default, less than the 5 minutes that the workflow may take. The answer is "
        "200 even when the workflow failed; its status has to be read.",
        permission="states:StartSyncExecution",
        authority=service_model("stepfunctions", "StartSyncExecution"),
        waits=True,
        delivery=ONCE,
    ),
    _action(
        "step_functions_express",
        "start_execution",
        "StartExecution",
        explanation="The API starts the workflow and answers with its ARN at once.",
        conditions="The outcome is found in the workflow's log only.",
        permission="states:StartExecution",
        authority=aws_docs(
            "Synchronous and asynchronous Express workflows",
            "step-functions/latest/dg/concepts-express-synchronous.html",
        ),
        preferred=False,
    ),
    Connection(
        id="api_gateway_rest.step_functions_standard.start_sync",
        source="api_gateway_rest",
        target="step_functions_standard",
        mode=Mode.INTEGRATION,
        flow=Flow.SYNC,
        verdict=Verdict.INVALID,
        label="Wait for a Standard workflow",
        explanation="Only Express workflows can be started and waited for in one call.",
        conditions="StartSyncExecution is refused for Standard workflows.",
        authority=service_model("stepfunctions", "StartSyncExecution"),
        drawable=False,
        alternative="Use an Express workflow, or start it and let the caller ask for the result.",
    ),
)
