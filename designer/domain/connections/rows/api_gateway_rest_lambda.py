"""How a REST API reaches a function."""

from designer.domain.catalog.sources import aws_docs, toolkit
from designer.domain.connections.parameters import RESULT_TTL_S
from designer.domain.connections.route_parameters import REST_ROUTE
from designer.domain.connections.spec import Connection, Flow, Mode, PermissionSide, Verdict
from designer.domain.connections.wording import (
    AT_LEAST_ONCE,
    LAMBDA_ASYNC_RETRIES,
    NO_API_RETRY,
    ONCE,
    REST_INTEGRATION,
    UNORDERED,
)

_GUIDE = "apigateway/latest/developerguide/"
_INVOKE = "lambda:InvokeFunction for apigateway.amazonaws.com, with the API's execute-api ARN as the source"
_METHOD = ("AWS::ApiGateway::Method", "AWS::Lambda::Permission")
_ASYNC_DOCS = aws_docs(
    "Set up asynchronous invocation of the backend Lambda function", _GUIDE + "set-up-lambda-integration-async.html"
)

CONNECTIONS = (
    Connection(
        id="api_gateway_rest.lambda.proxy",
        source="api_gateway_rest",
        target="lambda",
        mode=Mode.SYNCHRONOUS,
        flow=Flow.SYNC,
        verdict=Verdict.VALID,
        label="Proxy integration",
        explanation="The API passes the whole request to the function and waits; the function's answer is the "
        "response.",
        conditions="The function answers with statusCode, headers and a text body. The API waits 29 s unless AWS has "
        "raised it, so the function's timeout should be shorter. Bodies up to 6 MB, because Lambda takes no more.",
        authority=aws_docs(
            "Invoking a Lambda function using an API Gateway endpoint", "lambda/latest/dg/services-apigateway.html"
        ),
        preferred=True,
        retries=NO_API_RETRY + " 502 for a malformed answer, 504 when it takes too long.",
        delivery=ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.RESOURCE_POLICY,
        permission=_INVOKE,
        cfn_resources=_METHOD,
        parameters=REST_ROUTE,
    ),
    Connection(
        id="api_gateway_rest.lambda.custom",
        source="api_gateway_rest",
        target="lambda",
        mode=Mode.SYNCHRONOUS,
        flow=Flow.SYNC,
        verdict=Verdict.VALID,
        label="Custom integration",
        explanation="Mapping templates turn the request into the function's event and its answer into the response; "
        "the API waits.",
        conditions="Synchronous unless the header X-Amz-Invocation-Type is set to Event. The API waits 29 s unless AWS "
        "has raised it.",
        authority=_ASYNC_DOCS,
        retries=NO_API_RETRY,
        delivery=ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.RESOURCE_POLICY,
        permission=_INVOKE,
        cfn_resources=_METHOD,
        parameters=REST_ROUTE,
    ),
    Connection(
        id="api_gateway_rest.lambda.custom_event",
        source="api_gateway_rest",
        target="lambda",
        mode=Mode.ASYNCHRONOUS,
        flow=Flow.ASYNC,
        verdict=Verdict.VALID,
        label="Custom integration, asynchronous",
        explanation="The API hands the event to Lambda's queue with X-Amz-Invocation-Type: Event and answers the "
        "caller at once.",
        conditions="Only the custom integration can do this, not the proxy. Events up to 1 MB.",
        authority=_ASYNC_DOCS,
        retries=LAMBDA_ASYNC_RETRIES,
        delivery=AT_LEAST_ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.RESOURCE_POLICY,
        permission=_INVOKE,
        cfn_resources=_METHOD,
        parameters=REST_ROUTE,
    ),
    Connection(
        id="api_gateway_rest.lambda.streaming",
        source="api_gateway_rest",
        target="lambda",
        mode=Mode.SYNCHRONOUS,
        flow=Flow.SYNC,
        verdict=Verdict.CONDITIONAL,
        label="Streamed response",
        explanation="A proxy integration whose answer is passed on piece by piece while the function writes it.",
        conditions="Response transfer mode STREAM, up to 15 minutes and beyond 10 MB. The stream may pause for 5 "
        "minutes (30 s on edge-optimized APIs). No cache and no mapping templates.",
        authority=aws_docs("Stream the integration response", _GUIDE + "response-transfer-mode.html"),
        retries=NO_API_RETRY,
        delivery=ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.RESOURCE_POLICY,
        permission="lambda:InvokeWithResponseStream and lambda:InvokeFunction for apigateway.amazonaws.com",
        cfn_resources=_METHOD,
        parameters=REST_ROUTE,
    ),
    Connection(
        id="api_gateway_rest.lambda.authorizer",
        source="api_gateway_rest",
        target="lambda",
        mode=Mode.AUTHORIZER,
        flow=Flow.SYNC,
        verdict=Verdict.VALID,
        label="Lambda authorizer",
        explanation="Before each request the API asks the function whether the caller may, and remembers the answer.",
        conditions="By token or by request parameters. A remembered answer holds for all methods, so its policy has to "
        "cover them. A request without the token gets 401 without asking.",
        authority=toolkit("API Gateway", "api-gateway.md"),
        retries="None: the caller gets 401, 403 or 500.",
        delivery=ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.RESOURCE_POLICY,
        permission="lambda:InvokeFunction for apigateway.amazonaws.com, with the authorizer's ARN as the source",
        cfn_resources=("AWS::ApiGateway::Authorizer", "AWS::Lambda::Permission"),
        parameters=(RESULT_TTL_S,),
    ),
    Connection(
        id="api_gateway_rest.lambda.beyond_timeout",
        source="api_gateway_rest",
        target="lambda",
        mode=Mode.SYNCHRONOUS,
        flow=Flow.SYNC,
        verdict=Verdict.INVALID,
        label="Wait longer than the integration timeout",
        explanation="A REST API gives up after its integration timeout, whatever the function's own timeout is.",
        conditions="29 s by default. AWS can raise it for Regional and private APIs, not for edge-optimized ones.",
        authority=REST_INTEGRATION,
        drawable=False,
        alternative="Hand the work to a queue, a bus or a state machine and let the caller ask for the result, or "
        "stream the response.",
    ),
)
