"""How callers sign in, get credentials and reach what stands in front of an API."""

from __future__ import annotations

from typing import Final

from designer.domain.catalog.sources import IDENTITY_POOLS, aws_docs, service_model
from designer.domain.catalog.spec import Choice, Kind, Parameter, Source
from designer.domain.connections.parameters import WEIGHT
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
from designer.domain.connections.wording import BEST_EFFORT, CALLER_RETRIES, ONCE, UNORDERED

_GUIDE: Final = "cognito/latest/developerguide/"

USER_POOL_ACTION: Final = Parameter(
    id="action",
    label="Action",
    kind=Kind.CHOICE,
    default="SignIn",
    choices=(
        Choice("SignIn", "Sign in"),
        Choice("RefreshToken", "Refresh a token"),
        Choice("SignUp", "Sign up"),
        Choice("ForgotPassword", "Recover a password"),
        Choice("Federation", "Sign in through another provider"),
        Choice("MachineToken", "Token for a machine (client credentials)"),
    ),
    help="What the callers do at the user pool. It decides which request rate of the account counts and which triggers "
    "run.",
    source=aws_docs("Quotas in Amazon Cognito", _GUIDE + "quotas.html"),
    cfn_property="UserPoolClient.ExplicitAuthFlows",
)


def _front(
    target: str,
    mechanism: str,
    label: str,
    *,
    explanation: str,
    conditions: str,
    authority: Source,
    permission: str,
    resources: tuple[str, ...] = (),
    requirements: tuple[Requirement, ...] = (),
    parameters: tuple[Parameter, ...] = (),
    delivery: str = ONCE,
    retries: str = CALLER_RETRIES,
    mode: Mode = Mode.SYNCHRONOUS,
    preferred: bool = True,
) -> Connection:
    """A public front that anybody can call."""
    return Connection(
        id=f"client.{target}.{mechanism}",
        source="client",
        target=target,
        mode=mode,
        flow=Flow.SYNC if mode is Mode.SYNCHRONOUS else Flow.ASYNC,
        verdict=Verdict.VALID,
        label=label,
        explanation=explanation,
        conditions=conditions,
        authority=authority,
        preferred=preferred,
        retries=retries,
        delivery=delivery,
        ordering=UNORDERED,
        permission_side=PermissionSide.NONE,
        permission=permission,
        cfn_resources=resources,
        requirements=requirements,
        parameters=(WEIGHT, *parameters),
    )


CONNECTIONS = (
    _front(
        "cloudfront",
        "https",
        "HTTPS request",
        explanation="The caller sends a request to the nearest edge location, which answers from its cache or asks the "
        "origin.",
        conditions="A domain of your own needs a certificate in us-east-1; so does a web ACL.",
        authority=aws_docs(
            "How CloudFront delivers content", "AmazonCloudFront/latest/DeveloperGuide/HowCloudFrontWorks.html"
        ),
        permission="None; signed URLs or cookies are optional",
        resources=("AWS::CloudFront::Distribution",),
        delivery=f"{ONCE}; from the cache or passed on",
    ),
    _front(
        "cognito_user_pool",
        "sign_in",
        "Sign-in",
        explanation="The caller signs up, signs in or refreshes a token and gets tokens (JWT) for APIs back.",
        conditions="The app client has to allow the flow. Browsers, apps and devices must not hold the app client's "
        "secret. The account's request rates are shared by all user pools.",
        authority=aws_docs(
            "Application-specific settings with app clients", _GUIDE + "user-pool-settings-client-apps.html"
        ),
        permission="None: the app client's id is public",
        resources=("AWS::Cognito::UserPool", "AWS::Cognito::UserPoolClient"),
        parameters=(USER_POOL_ACTION,),
    ),
    _front(
        "cognito_identity_pool",
        "get_credentials",
        "Fetch credentials",
        explanation="The caller shows a token, or nothing as a guest, and gets temporary AWS credentials with which it "
        "signs its calls of AWS services.",
        conditions="Needs a token of a provider that the pool lists, or guest access switched on.",
        authority=IDENTITY_POOLS,
        permission="None for the call; the roles of the pool trust cognito-identity.amazonaws.com",
        resources=("AWS::Cognito::IdentityPool", "AWS::Cognito::IdentityPoolRoleAttachment"),
    ),
    _front(
        "identity_provider",
        "sign_in",
        "Sign-in",
        explanation="The caller proves who it is at the provider and gets a token of the provider back.",
        conditions="The app is registered with the provider.",
        authority=aws_docs(
            "Identity pools third-party identity providers", _GUIDE + "external-identity-providers.html"
        ),
        permission="None in AWS: the app is registered with the provider",
        resources=(),
    ),
    _front(
        "alb",
        "https",
        "HTTPS request",
        explanation="The caller sends a request to the load balancer's listener and waits for the answer of a target.",
        conditions="Internet-facing load balancers need public subnets in two Availability Zones with a route to an "
        "internet gateway; internal ones are reached from their VPC only.",
        authority=aws_docs(
            "Application Load Balancers", "elasticloadbalancing/latest/application/application-load-balancers.html"
        ),
        permission="None; the security group lets the port in",
        resources=("AWS::ElasticLoadBalancingV2::LoadBalancer", "AWS::ElasticLoadBalancingV2::Listener"),
        requirements=(
            Requirement(
                End.TARGET,
                "scheme",
                Comparison.ONE_OF,
                ("internet-facing",),
                "the load balancer is internet-facing, or the caller is inside its network",
                fix="internet-facing",
                certain=False,
            ),
        ),
    ),
    _front(
        "appsync",
        "graphql",
        "GraphQL request",
        explanation="The caller sends a query or mutation and waits for the answer of the resolvers.",
        conditions="With an API key, IAM, a user pool, an OpenID provider or a function as the authorization. 30 s at "
        "most.",
        authority=service_model("appsync", "CreateGraphqlApi.authenticationType"),
        permission="As the API's authorization says",
        resources=("AWS::AppSync::GraphQLApi",),
    ),
    _front(
        "appsync",
        "subscription",
        "GraphQL subscription",
        explanation="The caller keeps a WebSocket open and is told about mutations that pass through the API.",
        conditions="Only mutations through AppSync are told; events from elsewhere need a mutation of their own, e.g. "
        "with a data source of type NONE.",
        authority=aws_docs("Real-time data", "appsync/latest/devguide/aws-appsync-real-time-data.html"),
        permission="As the API's authorization says",
        resources=("AWS::AppSync::GraphQLApi",),
        delivery=BEST_EFFORT,
        retries="The caller connects again; what was sent meanwhile is missed.",
        mode=Mode.SUBSCRIPTION,
        preferred=False,
    ),
    _front(
        "api_gateway_websocket",
        "connect",
        "WebSocket",
        explanation="The caller opens a connection, sends messages over it and gets messages back at any time.",
        conditions="Messages up to 128 KB in frames of 32 KB; 10 minutes idle, 2 hours at most. Who may connect is "
        "decided once, on $connect.",
        authority=aws_docs(
            "Quotas for WebSocket APIs",
            "apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html",
        ),
        permission="Optional: IAM or a Lambda authorizer on $connect",
        resources=("AWS::ApiGatewayV2::Api", "AWS::ApiGatewayV2::Route"),
        delivery="Messages may be lost when the connection breaks",
        retries="The caller connects again.",
    ),
)
