"""What Standard and Express workflows call and tell alike."""

from __future__ import annotations

from typing import Final

from designer.domain.catalog.sources import aws_docs
from designer.domain.catalog.workflow_parameters import STATES_GUIDE
from designer.domain.connections.spec import Connection, Flow, Mode, Verdict
from designer.domain.connections.workflow_parameters import (
    API_AUTHORIZATION,
    LOGGED,
    NO_RESOURCE_POLICY,
    SDK_ACTION,
    SIGNED,
    TABLE_ACTION,
    TRACED,
    sdk_action,
)
from designer.domain.connections.workflow_rows import EXPRESS, SDK, SMALL, task, to_group

_APIS: Final = aws_docs("Create API Gateway REST and HTTP calls", STATES_GUIDE + "connect-api-gateway.html")
_HTTP: Final = aws_docs("Call HTTPS APIs in Step Functions workflows", STATES_GUIDE + "call-https-apis.html")
_LOGS: Final = aws_docs("Logging in CloudWatch Logs", STATES_GUIDE + "cw-logs.html")
_XRAY: Final = aws_docs("Trace Step Functions request data in AWS X-Ray", STATES_GUIDE + "concepts-xray-tracing.html")


def calls(source: str) -> tuple[Connection, ...]:
    """What both kinds of workflow call and wait for."""
    return (
        task(
            source,
            "lambda.invoke",
            "Invoke and wait",
            "The state calls the function and waits for its answer, which becomes the state's result.",
            "lambda:InvokeFunction",
            mode=Mode.SYNCHRONOUS,
            conditions="Request and answer up to 256 KiB, although Lambda itself takes 6 MB. Add a Retry for Lambda's "
            "passing errors.",
            preferred=True,
        ),
        task(
            source,
            "dynamodb.action",
            "Read or write an item",
            "The state reads or writes one item and waits for the table's answer.",
            "The dynamodb: action that is called",
            parameters=(TABLE_ACTION,),
            preferred=True,
        ),
        task(
            source,
            "dynamodb.sdk_action",
            "Query, scan, batch or transaction",
            "The state calls any other action of DynamoDB through the AWS SDK integration and waits.",
            "The dynamodb: action that is called",
            authority=SDK,
            parameters=(SDK_ACTION,),
        ),
        task(
            source,
            "s3.action",
            "Read or write an object",
            "The state calls S3 through the AWS SDK integration and waits. It sees small objects only.",
            "The s3: action that is called",
            authority=SDK,
            parameters=(sdk_action("GetObject"),),
            preferred=True,
        ),
        *(_api(source, target) for target in ("api_gateway_rest", "api_gateway_http")),
        task(
            source,
            "http_endpoint.http_task",
            "HTTP task",
            "The state calls the endpoint with the credentials of an EventBridge connection and waits for the answer.",
            "states:InvokeHTTPEndpoint, events:RetrieveConnectionCredentials and secretsmanager:GetSecretValue",
            conditions="The endpoint has to answer within 60 s. Its connection is public, or private through a VPC.",
            authority=_HTTP,
            preferred=True,
        ),
    )


def _api(source: str, target: str) -> Connection:
    return task(
        source,
        f"{target}.call_api",
        "Call the API",
        "The state sends a request to the API's public endpoint and waits for the answer.",
        "execute-api:Invoke",
        authority=_APIS,
        conditions=SMALL if target == "api_gateway_rest" else f"{SMALL} HTTP APIs have no resource policies.",
        parameters=(API_AUTHORIZATION,),
        requirements=() if target == "api_gateway_rest" else (NO_RESOURCE_POLICY,),
        preferred=True,
    )


def sends(source: str) -> tuple[Connection, ...]:
    """What both kinds of workflow hand over: the state ends as soon as it is accepted."""
    return (
        task(
            source,
            "sqs_standard.send_message",
            "SendMessage",
            "The state sends a message and goes on; a consumer fetches it later.",
            "sqs:SendMessage",
            flow=Flow.ASYNC,
            preferred=True,
        ),
        task(
            source,
            "sns_standard.publish",
            "Publish",
            "The state publishes a message and goes on; SNS pushes it to the subscribers.",
            "sns:Publish",
            flow=Flow.ASYNC,
            preferred=True,
        ),
        to_group(source, "sns_fifo.publish", "Publish", "sns:Publish"),
        task(
            source,
            "eventbridge_bus.put_events",
            "PutEvents",
            "The state puts an event on the bus and goes on; the bus shows it to its rules.",
            "events:PutEvents",
            flow=Flow.ASYNC,
            preferred=True,
        ),
        task(
            source,
            "kinesis_stream.put_record",
            "PutRecord",
            "The state writes a record into the stream through the AWS SDK integration and goes on.",
            "kinesis:PutRecord",
            flow=Flow.ASYNC,
            authority=SDK,
            ordering="Kept within each partition key, for states that follow one another",
            preferred=True,
        ),
        task(
            source,
            "firehose.put_record",
            "PutRecord",
            "The state hands a record to the delivery stream through the AWS SDK integration and goes on.",
            "firehose:PutRecord",
            flow=Flow.ASYNC,
            authority=SDK,
            preferred=True,
        ),
        task(
            source,
            "redshift.execute_statement",
            "ExecuteStatement",
            "The state starts a SQL statement through the Redshift Data API and goes on while it runs.",
            "redshift-data:ExecuteStatement",
            flow=Flow.ASYNC,
            authority=SDK,
            verdict=Verdict.CONDITIONAL,
            conditions="Nothing tells when the statement ends: wait and ask with DescribeStatement in a loop.",
            preferred=True,
        ),
        task(
            source,
            "ecs_fargate.run_task",
            "RunTask",
            "The state starts a task and goes on as soon as ECS has accepted it.",
            "ecs:RunTask and iam:PassRole",
            flow=Flow.ASYNC,
            preferred=source == EXPRESS,
        ),
    )


def observed(source: str) -> tuple[Connection, ...]:
    """The log and the traces of a workflow."""
    return (
        task(
            source,
            "cloudwatch_logs.logging",
            "Execution log",
            "Step Functions writes the events of executions into the log group, as the log level says.",
            "logs:CreateLogDelivery, logs:GetLogDelivery, logs:UpdateLogDelivery, logs:DeleteLogDelivery, "
            "logs:ListLogDeliveries, logs:PutResourcePolicy, logs:DescribeResourcePolicies and logs:DescribeLogGroups",
            flow=Flow.ASYNC,
            conditions="A log level other than OFF. It is the only history that an Express workflow has.",
            authority=_LOGS,
            requirements=(LOGGED,),
            preferred=True,
        ),
        task(
            source,
            "xray.tracing",
            "Traces",
            "Step Functions sends a trace of each execution to X-Ray.",
            "xray:PutTraceSegments, xray:PutTelemetryRecords, xray:GetSamplingRules and xray:GetSamplingTargets",
            flow=Flow.ASYNC,
            conditions="Tracing is switched on.",
            authority=_XRAY,
            requirements=(TRACED,),
            preferred=True,
        ),
    )


def post_to_connection(source: str) -> Connection:
    """A message to a client of a WebSocket API."""
    return task(
        source,
        "api_gateway_websocket.post_to_connection",
        "Message to a client",
        "The state sends a message to one connected client through the API's management address.",
        "execute-api:ManageConnections",
        verdict=Verdict.CONDITIONAL,
        conditions="AWS documents the integration for REST and HTTP APIs; its samples use it for this address with "
        "the authorization IAM_ROLE. A client that left gives 410.",
        authority=_APIS,
        requirements=(SIGNED,),
        parameters=(API_AUTHORIZATION,),
        preferred=True,
    )
