"""A REST API in front of web servers, what vouches for its callers, and where it writes its logs."""

from __future__ import annotations

from typing import Final

from designer.domain.catalog.sources import REST_OR_HTTP, WAF_RESOURCES, aws_docs, service_model
from designer.domain.catalog.spec import Choice, Kind, Parameter
from designer.domain.connections.route_parameters import CONNECTION_TYPE, REST_ROUTE
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
from designer.domain.connections.wording import BEST_EFFORT, NO_API_RETRY, ONCE, REST_INTEGRATION, UNORDERED

_GUIDE: Final = "apigateway/latest/developerguide/"
_PRIVATE: Final = aws_docs("Private integrations for REST APIs", _GUIDE + "private-integration.html")

_BALANCER: Final = Parameter(
    id="load_balancer",
    label="Through",
    kind=Kind.CHOICE,
    default="alb",
    choices=(
        Choice("alb", "Application Load Balancer"),
        Choice("nlb", "Network Load Balancer"),
        Choice("none", "Nothing"),
    ),
    help="What stands between the VPC link and the servers.",
    source=_PRIVATE,
    cfn_property="Integration.IntegrationTarget",
)

_LINK: Final = Parameter(
    id="vpc_link",
    label="VPC link",
    kind=Kind.CHOICE,
    default="V2",
    choices=(Choice("V2", "V2"), Choice("V1", "V1, for Network Load Balancers")),
    help="V2 reaches Application Load Balancers directly; V1 needs a Network Load Balancer.",
    source=aws_docs("Set up a private integration", _GUIDE + "set-up-private-integration.html"),
    cfn_property="Integration.ConnectionId",
)


def _server(
    target: str,
    mechanism: str,
    label: str,
    *,
    explanation: str,
    conditions: str,
    permission: str,
    resources: tuple[str, ...],
    verdict: Verdict = Verdict.CONDITIONAL,
    requirements: tuple[Requirement, ...] = (),
    parameters: tuple[Parameter, ...] = (),
) -> Connection:
    """Web servers behind the API."""
    return Connection(
        id=f"api_gateway_rest.{target}.{mechanism}",
        source="api_gateway_rest",
        target=target,
        mode=Mode.INTEGRATION,
        flow=Flow.SYNC,
        verdict=verdict,
        label=label,
        explanation=explanation,
        conditions=conditions,
        authority=REST_INTEGRATION if verdict is Verdict.VALID else _PRIVATE,
        preferred=True,
        retries=NO_API_RETRY,
        delivery=ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.NONE,
        permission=permission,
        cfn_resources=("AWS::ApiGateway::Method", *resources),
        requirements=requirements,
        parameters=(*REST_ROUTE, *parameters),
    )


_BALANCED: Final = Requirement(
    End.EDGE,
    "load_balancer",
    Comparison.NONE_OF,
    ("none",),
    "a load balancer stands between the VPC link and the servers",
    fix="alb",
)
_GROUPS: Final = "Security groups let the VPC link in"


def _writes(target: str, mechanism: str, label: str, explanation: str, conditions: str) -> Connection:
    """Something that the API writes besides its answer."""
    return Connection(
        id=f"api_gateway_rest.{target}.{mechanism}",
        source="api_gateway_rest",
        target=target,
        mode=Mode.DELIVERY,
        flow=Flow.ASYNC,
        verdict=Verdict.VALID,
        label=label,
        explanation=explanation,
        conditions=conditions,
        authority=REST_OR_HTTP,
        preferred=target != "firehose",
        retries="Nothing is repeated that the person could set.",
        delivery=BEST_EFFORT,
        ordering=UNORDERED,
        permission_side=PermissionSide.SERVICE_ROLE,
        permission="A role of API Gateway, for logs the account's CloudWatch role",
        cfn_resources=("AWS::ApiGateway::Stage", "AWS::ApiGateway::Account"),
    )


CONNECTIONS = (
    Connection(
        id="api_gateway_rest.lambda_alias_version.proxy",
        source="api_gateway_rest",
        target="lambda_alias_version",
        mode=Mode.SYNCHRONOUS,
        flow=Flow.SYNC,
        verdict=Verdict.VALID,
        label="Proxy integration",
        explanation="The API passes the whole request to the version that the alias points at and waits.",
        conditions="The permission belongs to the alias itself, and to each alias that a stage variable can name.",
        authority=aws_docs(
            "Invoking a Lambda function using an API Gateway endpoint", "lambda/latest/dg/services-apigateway.html"
        ),
        preferred=True,
        retries=NO_API_RETRY,
        delivery=ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.RESOURCE_POLICY,
        permission="lambda:InvokeFunction on the alias for apigateway.amazonaws.com",
        cfn_resources=("AWS::Lambda::Alias", "AWS::Lambda::Permission"),
        parameters=REST_ROUTE,
    ),
    _server(
        "alb",
        "vpc_link",
        "Private integration",
        explanation="The API passes the request to the load balancer through a VPC link and waits.",
        conditions="VPC link V2, since November 2025; before, a Network Load Balancer had to stand in between. Same "
        "account.",
        permission=_GROUPS,
        resources=("AWS::ApiGatewayV2::VpcLink",),
        requirements=(
            Requirement(
                End.EDGE,
                "vpc_link",
                Comparison.ONE_OF,
                ("V2",),
                "the VPC link is of version 2 (V1 reaches Network Load Balancers only)",
                fix="V2",
                certain=False,
            ),
        ),
        parameters=(_LINK,),
    ),
    _server(
        "ecs_fargate",
        "vpc_link",
        "Private integration",
        explanation="The API passes the request through a VPC link and a load balancer to a task and waits.",
        conditions="Never straight to a task: a load balancer has to stand in between.",
        permission=_GROUPS,
        resources=("AWS::ApiGatewayV2::VpcLink", "AWS::ElasticLoadBalancingV2::LoadBalancer", "AWS::ECS::Service"),
        requirements=(_BALANCED,),
        parameters=(_BALANCER,),
    ),
    _server(
        "ec2_autoscaling_group",
        "vpc_link",
        "Private integration",
        explanation="The API passes the request through a VPC link and a load balancer to an instance and waits.",
        conditions="Never straight to an instance: a load balancer has to stand in between.",
        permission=_GROUPS,
        resources=("AWS::ApiGateway::VpcLink", "AWS::ElasticLoadBalancingV2::LoadBalancer"),
        requirements=(_BALANCED,),
        parameters=(_BALANCER,),
    ),
    _server(
        "http_endpoint",
        "http_proxy",
        "HTTP integration",
        explanation="The API passes the request on to the server and waits for its answer.",
        conditions="A public address, or a VPC link for servers in a VPC or on premises behind it.",
        permission="As the server wants it: headers or a client certificate",
        resources=(),
        verdict=Verdict.VALID,
        parameters=(CONNECTION_TYPE,),
    ),
    Connection(
        id="api_gateway_rest.cognito_user_pool.authorizer",
        source="api_gateway_rest",
        target="cognito_user_pool",
        mode=Mode.AUTHORIZER,
        flow=Flow.SYNC,
        verdict=Verdict.VALID,
        label="Token authorizer",
        explanation="The API checks the token of each request against the pool's keys by itself; no function runs.",
        conditions="The ID token, or the access token when the method names scopes.",
        authority=service_model("apigateway", "CreateAuthorizer.type"),
        preferred=True,
        retries="None: the caller gets 401.",
        delivery=ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.NONE,
        permission="None: the authorizer names the user pool",
        cfn_resources=("AWS::ApiGateway::Authorizer",),
    ),
    Connection(
        id="api_gateway_rest.waf.web_acl",
        source="api_gateway_rest",
        target="waf",
        mode=Mode.AUTHORIZER,
        flow=Flow.SYNC,
        verdict=Verdict.VALID,
        label="Web ACL",
        explanation="The web ACL looks at each request to the stage first and blocks it or lets it through.",
        conditions="A Regional web ACL of the same Region; one per stage.",
        authority=WAF_RESOURCES,
        preferred=True,
        retries="None: the caller gets 403.",
        delivery=ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.NONE,
        permission="wafv2:AssociateWebACL for whoever deploys it",
        cfn_resources=("AWS::WAFv2::WebACLAssociation",),
        requirements=(
            Requirement(
                End.TARGET, "scope", Comparison.ONE_OF, ("REGIONAL",), "the web ACL is a Regional one", fix="REGIONAL"
            ),
        ),
    ),
    _writes(
        "cloudwatch_logs",
        "logs",
        "Access and execution log",
        "The stage writes a line per request, and if wanted how each was handled, to a log group.",
        "The account's CloudWatch role has to be set once per Region.",
    ),
    _writes(
        "firehose",
        "access_log",
        "Access log",
        "The stage writes a line per request to the delivery stream.",
        "The stream's name begins with amazon-apigateway-. HTTP APIs cannot do this.",
    ),
    _writes(
        "xray",
        "tracing",
        "Tracing",
        "The stage records sampled requests, so that they can be followed into what is behind.",
        "Tracing is switched on for the stage. HTTP APIs cannot do this.",
    ),
    Connection(
        id="api_gateway_rest.rds_aurora.sql",
        source="api_gateway_rest",
        target="rds_aurora",
        mode=Mode.INTEGRATION,
        flow=Flow.SYNC,
        verdict=Verdict.INVALID,
        label="SQL from the API",
        explanation="A database engine speaks its own protocol over connections; an API can only send web requests.",
        conditions="The engine has no web address. Aurora's Data API has, and takes calls as an AWS integration.",
        authority=REST_INTEGRATION,
        alternative="Let a function talk to the database, through RDS Proxy, or call the Data API of Aurora.",
        bridge=Bridge("lambda", "Insert a function", "api_gateway_rest.lambda.proxy", "lambda.rds_aurora.connect"),
    ),
)
