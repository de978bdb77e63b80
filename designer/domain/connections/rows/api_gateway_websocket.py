"""What a WebSocket API's routes reach."""

from designer.domain.catalog.sources import aws_docs, service_model, workload
from designer.domain.catalog.spec import Choice, Kind, Parameter, Section, Source
from designer.domain.connections.parameters import DYNAMODB_ACTION, WEIGHT
from designer.domain.connections.spec import (
    Bridge,
    Comparison,
    Connection,
    End,
    Flow,
    Mode,
    PermissionSide,
    Requirement,
    Verdict,
)
from designer.domain.connections.wording import AT_LEAST_ONCE, NO_API_RETRY, ONCE, UNORDERED

_GUIDE = "apigateway/latest/developerguide/"
_QUOTAS = aws_docs("Quotas for WebSocket APIs", _GUIDE + "apigateway-execution-service-websocket-limits-table.html")
_REQUESTS = aws_docs("WebSocket API integration request", _GUIDE + "apigateway-websocket-api-integration-requests.html")
_INTEGRATION_TYPE = service_model("apigatewayv2", "CreateIntegration.IntegrationType")
_ROUTE = ("AWS::ApiGatewayV2::Integration", "AWS::ApiGatewayV2::Route")
_ANSWER = "A route sends an answer back only with a route response; otherwise the backend posts to the connection."

_CALLED_FOR = Parameter(
    id="called_for",
    label="Route",
    kind=Kind.CHOICE,
    default="messages",
    choices=(
        Choice("messages", "Messages"),
        Choice("connect", "$connect"),
        Choice("disconnect", "$disconnect"),
        Choice("all", "Messages, $connect and $disconnect"),
    ),
    help="What this arrow is called for. A client that $connect fails for is refused; $disconnect is called as well as "
    "possible.",
    source=workload("what you draw the arrow for"),
    section=Section.WORKLOAD,
)


def _integration(
    target: str,
    mechanism: str,
    *,
    label: str,
    explanation: str,
    conditions: str,
    permission: str,
    flow: Flow = Flow.ASYNC,
    ordering: str = UNORDERED,
    authority: Source = _REQUESTS,
    permission_side: PermissionSide = PermissionSide.SERVICE_ROLE,
    parameters: tuple[Parameter, ...] = (),
) -> Connection:
    return Connection(
        id=f"api_gateway_websocket.{target}.{mechanism}",
        source="api_gateway_websocket",
        target=target,
        mode=Mode.INTEGRATION,
        flow=flow,
        verdict=Verdict.VALID,
        label=label,
        explanation=explanation,
        conditions=conditions,
        authority=authority,
        preferred=True,
        retries=NO_API_RETRY,
        delivery=AT_LEAST_ONCE if flow is Flow.ASYNC else ONCE,
        ordering=ordering,
        permission_side=permission_side,
        permission=permission,
        cfn_resources=_ROUTE if permission_side is PermissionSide.NONE else (*_ROUTE, "AWS::IAM::Role"),
        parameters=(WEIGHT, _CALLED_FOR, *parameters),
    )


def _function(mechanism: str, *, label: str, conditions: str, authority: Source, preferred: bool) -> Connection:
    return Connection(
        id=f"api_gateway_websocket.lambda.{mechanism}",
        source="api_gateway_websocket",
        target="lambda",
        mode=Mode.SYNCHRONOUS,
        flow=Flow.SYNC,
        verdict=Verdict.VALID,
        label=label,
        explanation="The API calls the function for each message of a route, or when a client connects or disconnects, "
        "and waits.",
        conditions=conditions,
        authority=authority,
        preferred=preferred,
        retries=f"{NO_API_RETRY} $disconnect is called as well as possible, and not again.",
        delivery=ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.RESOURCE_POLICY,
        permission="lambda:InvokeFunction for apigateway.amazonaws.com, with the API's execute-api ARN as the source",
        cfn_resources=(*_ROUTE, "AWS::Lambda::Permission"),
        parameters=(WEIGHT, _CALLED_FOR),
    )


CONNECTIONS = (
    _function(
        "proxy",
        label="Proxy integration",
        conditions=f"The API waits 29 s at most. {_ANSWER}",
        authority=_QUOTAS,
        preferred=True,
    ),
    _function(
        "custom",
        label="Custom integration",
        conditions=f"Request and answer go through templates. The API waits 29 s at most. {_ANSWER}",
        authority=_REQUESTS,
        preferred=False,
    ),
    Connection(
        id="api_gateway_websocket.lambda.authorizer",
        source="api_gateway_websocket",
        target="lambda",
        mode=Mode.AUTHORIZER,
        flow=Flow.SYNC,
        verdict=Verdict.VALID,
        label="Lambda authorizer",
        explanation="When a client connects, the API asks the function whether it may; later messages are not asked "
        "about.",
        conditions="On $connect only. The answer, an IAM policy, may have 8 KB.",
        authority=_QUOTAS,
        retries="None: the connection is refused.",
        delivery=ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.RESOURCE_POLICY,
        permission="lambda:InvokeFunction for apigateway.amazonaws.com, with the authorizer's ARN as the source",
        cfn_resources=("AWS::ApiGatewayV2::Authorizer", "AWS::Lambda::Permission"),
        requirements=(
            Requirement(
                End.SOURCE,
                "authorization",
                Comparison.ONE_OF,
                ("lambda",),
                "the API asks a Lambda authorizer",
                fix="lambda",
            ),
        ),
    ),
    _integration(
        "sqs_standard",
        "send_message",
        label="SendMessage",
        explanation="The API writes the client's message into the queue; no function is needed.",
        conditions="A request template has to build the call.",
        permission="sqs:SendMessage on the integration's role",
        authority=_INTEGRATION_TYPE,
    ),
    _integration(
        "sqs_fifo",
        "send_message",
        label="SendMessage",
        explanation="The API writes the client's message into the queue, in order within its message group.",
        conditions="A request template gives the MessageGroupId, for instance the connection's id, and a "
        "deduplication id unless the queue goes by the content.",
        permission="sqs:SendMessage on the integration's role",
        ordering="Kept within each message group",
    ),
    _integration(
        "sns_standard",
        "publish",
        label="Publish",
        explanation="The API publishes the client's message to the topic.",
        conditions="A request template builds the form body of the call and sets its Content-Type.",
        permission="sns:Publish on the integration's role",
    ),
    _integration(
        "dynamodb",
        "action",
        label="DynamoDB action",
        explanation="The API reads or writes an item itself, for instance the connection's id on $connect.",
        conditions="A request template has to build the call. Let items of connections expire after two hours, as the "
        "connections do.",
        permission="The dynamodb: action that is called, on the integration's role",
        flow=Flow.SYNC,
        authority=_INTEGRATION_TYPE,
        parameters=(DYNAMODB_ACTION,),
    ),
    _integration(
        "step_functions_standard",
        "integration_send",
        label="StartExecution",
        explanation="The API starts a workflow and does not wait for it.",
        conditions="The workflow has to post its result to the connection itself.",
        permission="states:StartExecution on the integration's role",
        authority=_INTEGRATION_TYPE,
    ),
    _integration(
        "step_functions_express",
        "integration_call",
        label="StartSyncExecution",
        explanation="The API runs an express workflow and waits for its result.",
        conditions=f"The API waits 29 s at most, though the workflow may take 5 minutes. {_ANSWER}",
        permission="states:StartSyncExecution on the integration's role",
        flow=Flow.SYNC,
    ),
    _integration(
        "http_endpoint",
        "http_proxy",
        label="HTTP integration",
        explanation="The API passes the client's message to the address and waits.",
        conditions=f"The API waits 29 s at most. {_ANSWER}",
        permission="None",
        flow=Flow.SYNC,
        authority=_INTEGRATION_TYPE,
        permission_side=PermissionSide.NONE,
    ),
    Connection(
        id="api_gateway_websocket.cognito_user_pool.authorizer",
        source="api_gateway_websocket",
        target="cognito_user_pool",
        mode=Mode.AUTHORIZER,
        flow=Flow.SYNC,
        verdict=Verdict.INVALID,
        label="Cognito authorizer",
        explanation="A WebSocket API cannot check the tokens of a user pool itself.",
        conditions="WebSocket APIs know IAM and Lambda authorizers only.",
        authority=service_model("apigatewayv2", "CreateAuthorizer.AuthorizerType"),
        alternative="Let a Lambda authorizer check the token on $connect.",
        bridge=Bridge(
            "lambda",
            "Insert a Lambda authorizer",
            "api_gateway_websocket.lambda.authorizer",
            "lambda.cognito_user_pool.admin",
        ),
    ),
    Connection(
        id="api_gateway_websocket.waf.web_acl",
        source="api_gateway_websocket",
        target="waf",
        mode=Mode.AUTHORIZER,
        flow=Flow.SYNC,
        verdict=Verdict.INVALID,
        label="Web ACL",
        explanation="A web ACL cannot be put on a WebSocket API.",
        conditions="Of the APIs of API Gateway only REST APIs take one.",
        authority=aws_docs(
            "Resources that you can protect with AWS WAF", "waf/latest/developerguide/how-aws-waf-works-resources.html"
        ),
        alternative="Put a CloudFront distribution with the web ACL in front of the API.",
    ),
)
