"""An HTTP API in front of streams, workflows and web servers, what vouches for its callers, and what it lacks."""

from __future__ import annotations

from typing import Final

from designer.domain.catalog.sources import REST_OR_HTTP, WAF_RESOURCES, aws_docs, service_model
from designer.domain.catalog.spec import Choice, Kind, Parameter, Source
from designer.domain.connections.route_parameters import CONNECTION_TYPE, HTTP_ROUTE, MESSAGE_GROUP
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
from designer.domain.connections.wording import AT_LEAST_ONCE, HTTP_INTEGRATIONS, NO_API_RETRY, ONCE, UNORDERED

_INTEGRATION: Final = "AWS::ApiGatewayV2::Integration"
_PRIVATE: Final = aws_docs(
    "Private integrations for HTTP APIs",
    "apigateway/latest/developerguide/http-api-develop-integrations-private.html",
)
_URI: Final = service_model("apigatewayv2", "CreateIntegration.IntegrationUri")

_REGISTRY: Final = Parameter(
    id="service_discovery",
    label="Found by",
    kind=Kind.CHOICE,
    default="listener",
    choices=(Choice("listener", "A load balancer's listener"), Choice("cloud_map", "AWS Cloud Map")),
    help="How the VPC link finds the tasks: through a load balancer, or in the registry of Cloud Map.",
    source=_URI,
    cfn_property="Integration.IntegrationUri",
)


def _route(
    target: str,
    mechanism: str,
    label: str,
    *,
    explanation: str,
    conditions: str,
    permission: tuple[PermissionSide, str],
    authority: Source = HTTP_INTEGRATIONS,
    waits: bool = False,
    retries: str = NO_API_RETRY,
    delivery: str = AT_LEAST_ONCE,
    ordering: str = UNORDERED,
    resources: tuple[str, ...] = (),
    requirements: tuple[Requirement, ...] = (),
    parameters: tuple[Parameter, ...] = (),
) -> Connection:
    """A backend that the API calls itself."""
    side, statement = permission
    return Connection(
        id=f"api_gateway_http.{target}.{mechanism}",
        source="api_gateway_http",
        target=target,
        mode=Mode.INTEGRATION,
        flow=Flow.SYNC if waits else Flow.ASYNC,
        verdict=Verdict.VALID,
        label=label,
        explanation=explanation,
        conditions=conditions,
        authority=authority,
        preferred=True,
        retries=retries,
        delivery=delivery,
        ordering=ordering,
        permission_side=side,
        permission=statement,
        cfn_resources=(_INTEGRATION, "AWS::ApiGatewayV2::Route", *resources),
        requirements=requirements,
        parameters=(*HTTP_ROUTE, *parameters),
    )


def _role(action: str) -> tuple[PermissionSide, str]:
    return PermissionSide.SERVICE_ROLE, f"{action} on the integration's role"


_GROUPS: Final = (PermissionSide.NONE, "Security groups let the VPC link in")
_LINK: Final = ("AWS::ApiGatewayV2::VpcLink",)

CONNECTIONS = (
    _route(
        "sqs_fifo",
        "send_message",
        "SendMessage",
        explanation="The API writes the request into the queue and answers the caller at once; no function is needed.",
        conditions="Parameter mapping gives MessageGroupId, and a deduplication id unless the queue deduplicates by "
        "content.",
        permission=_role("sqs:SendMessage"),
        delivery="Once, within five minutes of the same deduplication id",
        ordering="Per message group",
        requirements=(
            Requirement(
                End.EDGE,
                "message_group",
                Comparison.IS_SET,
                (),
                "the mapping says which message group a request belongs to",
                fix="$input.params('group')",
            ),
        ),
        parameters=(MESSAGE_GROUP,),
    ),
    _route(
        "kinesis_stream",
        "put_record",
        "PutRecord",
        explanation="The API writes the request into the stream as a record and answers the caller at once.",
        conditions="One record a request; parameter mapping gives the data and the partition key.",
        permission=_role("kinesis:PutRecord"),
        ordering="Per partition key",
    ),
    _route(
        "step_functions_standard",
        "start_execution",
        "StartExecution",
        explanation="The API starts a workflow and answers with its ARN at once; the result has to be asked for or "
        "sent back.",
        conditions="Nothing waits for the result.",
        permission=_role("states:StartExecution"),
        retries=f"{NO_API_RETRY} Inside the workflow its own Retry and Catch apply.",
        delivery="Exactly one workflow per name",
    ),
    _route(
        "step_functions_express",
        "start_sync",
        "StartSyncExecution",
        explanation="The API runs the workflow, waits for it and answers with its result.",
        conditions="The API waits 30 s at most, less than the 5 minutes that the workflow may take.",
        permission=_role("states:StartSyncExecution"),
        waits=True,
        delivery=ONCE,
    ),
    _route(
        "alb",
        "vpc_link",
        "Private integration",
        explanation="The API passes the request to the load balancer through a VPC link and waits.",
        conditions="Names the listener; same account.",
        permission=_GROUPS,
        authority=_PRIVATE,
        waits=True,
        delivery=ONCE,
        resources=_LINK,
    ),
    _route(
        "ecs_fargate",
        "vpc_link",
        "Private integration",
        explanation="The API passes the request through a VPC link to a task and waits.",
        conditions="The tasks are found through a load balancer's listener or, with HTTP APIs only, in AWS Cloud Map.",
        permission=_GROUPS,
        authority=_PRIVATE,
        waits=True,
        delivery=ONCE,
        resources=(*_LINK, "AWS::ServiceDiscovery::Service"),
        parameters=(_REGISTRY,),
    ),
    _route(
        "http_endpoint",
        "http_proxy",
        "HTTP proxy",
        explanation="The API passes the request on to the server and waits for its answer.",
        conditions="A public address, or a VPC link for servers in a VPC or on premises behind it. Answers can be "
        "changed by parameter mapping only.",
        permission=(PermissionSide.NONE, "As the server wants it"),
        authority=service_model("apigatewayv2", "CreateIntegration.IntegrationType"),
        waits=True,
        delivery=ONCE,
        parameters=(CONNECTION_TYPE,),
    ),
    _route(
        "appsync",
        "graphql",
        "GraphQL request",
        explanation="The API passes queries and mutations on to the GraphQL API and waits.",
        conditions="No subscriptions. The GraphQL API's key or token goes into a header.",
        permission=(PermissionSide.NONE, "As the GraphQL API's authorization says"),
        authority=service_model("apigatewayv2", "CreateIntegration.IntegrationType"),
        waits=True,
        delivery=ONCE,
    ),
    Connection(
        id="api_gateway_http.cognito_user_pool.authorizer",
        source="api_gateway_http",
        target="cognito_user_pool",
        mode=Mode.AUTHORIZER,
        flow=Flow.SYNC,
        verdict=Verdict.VALID,
        label="JWT authorizer",
        explanation="The API checks issuer, audience and signature of each request's token by itself.",
        conditions="The issuer is the pool's address; the audience is the app client's id.",
        authority=service_model("apigatewayv2", "CreateAuthorizer.AuthorizerType"),
        preferred=True,
        retries="None: the caller gets 401.",
        delivery=ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.NONE,
        permission="None: the authorizer names the user pool's address",
        cfn_resources=("AWS::ApiGatewayV2::Authorizer",),
    ),
    Connection(
        id="api_gateway_http.waf.web_acl",
        source="api_gateway_http",
        target="waf",
        mode=Mode.AUTHORIZER,
        flow=Flow.SYNC,
        verdict=Verdict.INVALID,
        label="Web ACL",
        explanation="A web ACL cannot be attached to an HTTP API.",
        conditions="Of the APIs of API Gateway only the stages of REST APIs take one.",
        authority=WAF_RESOURCES,
        alternative="Put a CloudFront distribution with the web ACL in front, or use a REST API.",
    ),
    Connection(
        id="api_gateway_http.xray.tracing",
        source="api_gateway_http",
        target="xray",
        mode=Mode.DELIVERY,
        flow=Flow.ASYNC,
        verdict=Verdict.INVALID,
        label="Tracing",
        explanation="HTTP APIs do not record traces.",
        conditions="Active tracing is a feature of REST APIs.",
        authority=REST_OR_HTTP,
        alternative="Let the function behind the API record the trace, or use a REST API.",
        bridge=Bridge("lambda", "Insert a function", "api_gateway_http.lambda.proxy", "lambda.xray.tracing"),
    ),
)
