"""What an HTTP API reaches, and what it cannot reach without code."""

from designer.domain.catalog.sources import REST_OR_HTTP, aws_docs
from designer.domain.connections.parameters import RESULT_TTL_S
from designer.domain.connections.route_parameters import HTTP_ROUTE
from designer.domain.connections.spec import Bridge, Connection, Flow, Mode, PermissionSide, Verdict
from designer.domain.connections.wording import AT_LEAST_ONCE, HTTP_INTEGRATIONS, NO_API_RETRY, ONCE, UNORDERED

_INTEGRATION = ("AWS::ApiGatewayV2::Integration", "AWS::ApiGatewayV2::Route", "AWS::IAM::Role")
_NO_SUBTYPE = "HTTP APIs call only EventBridge, SQS, Kinesis, Step Functions and AppConfig themselves."


def _through_function(second: str) -> Bridge:
    return Bridge("lambda", "Insert a function", "api_gateway_http.lambda.proxy", second)


CONNECTIONS = (
    Connection(
        id="api_gateway_http.lambda.proxy",
        source="api_gateway_http",
        target="lambda",
        mode=Mode.SYNCHRONOUS,
        flow=Flow.SYNC,
        verdict=Verdict.VALID,
        label="Proxy integration",
        explanation="The API passes the whole request to the function and waits; the function's answer is the "
        "response.",
        conditions="Proxy only, without mapping templates. The API waits 30 s at most, so the function's timeout "
        "should be shorter. Bodies up to 6 MB, because Lambda takes no more.",
        authority=aws_docs(
            "Lambda integrations for HTTP APIs",
            "apigateway/latest/developerguide/http-api-develop-integrations-lambda.html",
        ),
        preferred=True,
        retries=f"{NO_API_RETRY} 500 for an error, 503 or 504 when it takes too long.",
        delivery=ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.RESOURCE_POLICY,
        permission="lambda:InvokeFunction for apigateway.amazonaws.com, with the API's execute-api ARN as the source",
        cfn_resources=("AWS::ApiGatewayV2::Integration", "AWS::ApiGatewayV2::Route", "AWS::Lambda::Permission"),
        parameters=HTTP_ROUTE,
    ),
    Connection(
        id="api_gateway_http.lambda.authorizer",
        source="api_gateway_http",
        target="lambda",
        mode=Mode.AUTHORIZER,
        flow=Flow.SYNC,
        verdict=Verdict.VALID,
        label="Lambda authorizer",
        explanation="Before each request the API asks the function whether the caller may, and remembers the answer.",
        conditions="The function answers yes or no, or with an IAM policy. The answer is remembered for up to an hour.",
        authority=REST_OR_HTTP,
        retries="None: the caller gets 401, 403 or 500.",
        delivery=ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.RESOURCE_POLICY,
        permission="lambda:InvokeFunction for apigateway.amazonaws.com, with the authorizer's ARN as the source",
        cfn_resources=("AWS::ApiGatewayV2::Authorizer", "AWS::Lambda::Permission"),
        parameters=(RESULT_TTL_S,),
    ),
    Connection(
        id="api_gateway_http.sqs_standard.send_message",
        source="api_gateway_http",
        target="sqs_standard",
        mode=Mode.INTEGRATION,
        flow=Flow.ASYNC,
        verdict=Verdict.VALID,
        label="SendMessage",
        explanation="The API writes the request into the queue and answers the caller at once; no function is needed.",
        conditions="Parameter mapping only, no templates.",
        authority=HTTP_INTEGRATIONS,
        preferred=True,
        retries=NO_API_RETRY,
        delivery=f"{AT_LEAST_ONCE} once SQS has accepted",
        ordering=UNORDERED,
        permission_side=PermissionSide.SERVICE_ROLE,
        permission="sqs:SendMessage on the integration's role",
        cfn_resources=_INTEGRATION,
        parameters=HTTP_ROUTE,
    ),
    Connection(
        id="api_gateway_http.eventbridge_bus.put_events",
        source="api_gateway_http",
        target="eventbridge_bus",
        mode=Mode.INTEGRATION,
        flow=Flow.ASYNC,
        verdict=Verdict.VALID,
        label="PutEvents",
        explanation="The API puts the request on the bus as an event and answers the caller at once.",
        conditions="Parameter mapping has to give Detail, DetailType and Source.",
        authority=HTTP_INTEGRATIONS,
        preferred=True,
        retries=NO_API_RETRY,
        delivery=AT_LEAST_ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.SERVICE_ROLE,
        permission="events:PutEvents on the integration's role",
        cfn_resources=_INTEGRATION,
        parameters=HTTP_ROUTE,
    ),
    Connection(
        id="api_gateway_http.dynamodb.service_integration",
        source="api_gateway_http",
        target="dynamodb",
        mode=Mode.INTEGRATION,
        flow=Flow.SYNC,
        verdict=Verdict.INVALID,
        label="DynamoDB action",
        explanation="An HTTP API cannot call DynamoDB itself.",
        conditions=_NO_SUBTYPE,
        authority=HTTP_INTEGRATIONS,
        alternative="Put a function in between, or use a REST API, which can call DynamoDB.",
        bridge=_through_function("lambda.dynamodb.api"),
    ),
    Connection(
        id="api_gateway_http.sns_standard.service_integration",
        source="api_gateway_http",
        target="sns_standard",
        mode=Mode.INTEGRATION,
        flow=Flow.ASYNC,
        verdict=Verdict.INVALID,
        label="Publish",
        explanation="An HTTP API cannot publish to SNS itself.",
        conditions=_NO_SUBTYPE,
        authority=HTTP_INTEGRATIONS,
        alternative="Send to an event bus or a queue instead, put a function in between, or use a REST API.",
        bridge=_through_function("lambda.sns_standard.publish"),
    ),
    Connection(
        id="api_gateway_http.s3.service_integration",
        source="api_gateway_http",
        target="s3",
        mode=Mode.INTEGRATION,
        flow=Flow.SYNC,
        verdict=Verdict.INVALID,
        label="S3 object",
        explanation="An HTTP API cannot read or write S3 objects itself.",
        conditions=_NO_SUBTYPE,
        authority=HTTP_INTEGRATIONS,
        alternative="Give the caller a pre-signed address, put a function in between, or use a REST API.",
        bridge=_through_function("lambda.s3.api"),
    ),
)
