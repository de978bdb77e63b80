"""Where a user pool's tokens are accepted, and where they are not."""

from __future__ import annotations

from typing import Final

from designer.domain.catalog.sources import IDENTITY_POOLS, WAF_RESOURCES, aws_docs, service_model
from designer.domain.catalog.spec import Choice, Kind, Parameter, Source
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
from designer.domain.connections.wording import BEST_EFFORT, ONCE, UNORDERED

_GUIDE: Final = "cognito/latest/developerguide/"
_REFUSED: Final = "None: the caller gets 401 and signs in again."
_LOGGING: Final = service_model("cognito-idp", "SetLogDeliveryConfiguration")
_PLUS: Final = Requirement(
    End.SOURCE, "tier", Comparison.ONE_OF, ("PLUS",), "the pool has the Plus feature plan", fix="PLUS"
)

_EVENTS: Final = Parameter(
    id="event_source",
    label="What is logged",
    kind=Kind.CHOICE,
    default="userNotification",
    choices=(
        Choice("userNotification", "Messages that could not be sent"),
        Choice("userAuthEvents", "Sign-ins and their risk (Plus plan)"),
    ),
    help="Which events of the pool are written.",
    source=_LOGGING,
    cfn_property="LogDeliveryConfiguration.LogConfigurations.EventSource",
)


def _authorizer(
    target: str, mechanism: str, label: str, *, explanation: str, conditions: str, authority: Source, resource: str
) -> Connection:
    """The pool vouches for the callers of an API."""
    return Connection(
        id=f"cognito_user_pool.{target}.{mechanism}",
        source="cognito_user_pool",
        target=target,
        mode=Mode.AUTHORIZER,
        flow=Flow.SYNC,
        verdict=Verdict.VALID,
        label=label,
        explanation=explanation,
        conditions=conditions,
        authority=authority,
        preferred=True,
        retries=_REFUSED,
        delivery=ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.NONE,
        permission="None: the API reads the pool's public keys",
        cfn_resources=(resource,),
    )


CONNECTIONS = (
    Connection(
        id="cognito_user_pool.cognito_identity_pool.provider",
        source="cognito_user_pool",
        target="cognito_identity_pool",
        mode=Mode.AUTHORIZER,
        flow=Flow.SYNC,
        verdict=Verdict.VALID,
        label="Identity provider",
        explanation="The caller shows the identity pool its ID token and gets temporary AWS credentials for it.",
        conditions="The identity pool has to list the user pool with the app client's id.",
        authority=IDENTITY_POOLS,
        preferred=True,
        retries="None: the caller tries again.",
        delivery=ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.NONE,
        permission="None: the pool is listed as an identity provider",
        cfn_resources=("AWS::Cognito::IdentityPool",),
    ),
    _authorizer(
        "api_gateway_rest",
        "authorizer",
        "Token authorizer",
        explanation="The API checks the token of each request against the pool's keys by itself; no function runs.",
        conditions="The ID token, or the access token when the method names scopes.",
        authority=service_model("apigateway", "CreateAuthorizer.type"),
        resource="AWS::ApiGateway::Authorizer",
    ),
    _authorizer(
        "api_gateway_http",
        "authorizer",
        "JWT authorizer",
        explanation="The API checks issuer, audience and signature of each request's token by itself.",
        conditions="The issuer is the pool's address; the audience is the app client's id.",
        authority=service_model("apigatewayv2", "CreateAuthorizer.AuthorizerType"),
        resource="AWS::ApiGatewayV2::Authorizer",
    ),
    _authorizer(
        "appsync",
        "authorizer",
        "User pool authorization",
        explanation="The GraphQL API checks the token of each request; groups decide about types and fields.",
        conditions="The API's authorization type is, or also is, AMAZON_COGNITO_USER_POOLS.",
        authority=aws_docs(
            "Configuring authorization and authentication", "appsync/latest/devguide/security-authz.html"
        ),
        resource="AWS::AppSync::GraphQLApi",
    ),
    Connection(
        id="cognito_user_pool.alb.authenticate",
        source="cognito_user_pool",
        target="alb",
        mode=Mode.AUTHORIZER,
        flow=Flow.SYNC,
        verdict=Verdict.VALID,
        label="Sign-in at the load balancer",
        explanation="The listener sends people without a session to the pool's sign-in pages and lets them in when "
        "they come back.",
        conditions="An HTTPS listener, an app client with a secret, and the callback /oauth2/idpresponse of the load "
        "balancer.",
        authority=aws_docs(
            "Authenticate users using an Application Load Balancer",
            "elasticloadbalancing/latest/application/listener-authenticate-users.html",
        ),
        preferred=True,
        retries="None: the browser is sent to the sign-in page again.",
        delivery=ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.NONE,
        permission="None: the listener holds the app client's secret",
        cfn_resources=("AWS::ElasticLoadBalancingV2::ListenerRule",),
        requirements=(
            Requirement(
                End.SOURCE, "client_secret", Comparison.ONE_OF, (True,), "the app client has a secret", fix=True
            ),
            Requirement(End.TARGET, "https", Comparison.ONE_OF, (True,), "the listener speaks HTTPS", fix=True),
        ),
    ),
    Connection(
        id="cognito_user_pool.api_gateway_websocket.authorizer",
        source="cognito_user_pool",
        target="api_gateway_websocket",
        mode=Mode.AUTHORIZER,
        flow=Flow.SYNC,
        verdict=Verdict.CONDITIONAL,
        label="Token checked by a function",
        explanation="A WebSocket API cannot read tokens itself: a Lambda authorizer on $connect checks the token.",
        conditions="The API needs a Lambda authorizer on $connect.",
        authority=aws_docs(
            "Control access to WebSocket APIs with a Lambda authorizer",
            "apigateway/latest/developerguide/apigateway-websocket-api-lambda-auth.html",
        ),
        preferred=True,
        retries="None: the connection is refused.",
        delivery=ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.RESOURCE_POLICY,
        permission="lambda:InvokeFunction for apigateway.amazonaws.com on the authorizer function",
        cfn_resources=("AWS::ApiGatewayV2::Authorizer",),
        requirements=(
            Requirement(
                End.TARGET,
                "authorization",
                Comparison.ONE_OF,
                ("lambda",),
                "the API has a Lambda authorizer on $connect",
                fix="lambda",
            ),
        ),
    ),
    Connection(
        id="cognito_user_pool.firehose.log_delivery",
        source="cognito_user_pool",
        target="firehose",
        mode=Mode.DELIVERY,
        flow=Flow.ASYNC,
        verdict=Verdict.CONDITIONAL,
        label="Sign-in records",
        explanation="Cognito writes who signed in and how risky it looked to the stream in the background.",
        conditions="These records are part of threat protection, which needs the Plus feature plan.",
        authority=_LOGGING,
        preferred=True,
        retries="Nothing is repeated that the person could set.",
        delivery=BEST_EFFORT,
        ordering=UNORDERED,
        permission_side=PermissionSide.SERVICE_ROLE,
        permission="A service-linked role of Cognito",
        cfn_resources=("AWS::Cognito::LogDeliveryConfiguration",),
        requirements=(_PLUS,),
    ),
    Connection(
        id="cognito_user_pool.cloudwatch_logs.log_delivery",
        source="cognito_user_pool",
        target="cloudwatch_logs",
        mode=Mode.DELIVERY,
        flow=Flow.ASYNC,
        verdict=Verdict.CONDITIONAL,
        label="Log delivery",
        explanation="Cognito writes messages that it could not send, or sign-ins and their risk, to a log group.",
        conditions="The log group's resource policy lets delivery.logs.amazonaws.com in. Sign-in records need the Plus "
        "plan.",
        authority=_LOGGING,
        preferred=True,
        retries="Nothing is repeated that the person could set.",
        delivery=BEST_EFFORT,
        ordering=UNORDERED,
        permission_side=PermissionSide.RESOURCE_POLICY,
        permission="logs:CreateLogStream and logs:PutLogEvents for delivery.logs.amazonaws.com",
        cfn_resources=("AWS::Cognito::LogDeliveryConfiguration", "AWS::Logs::ResourcePolicy"),
        parameters=(_EVENTS,),
    ),
    Connection(
        id="cognito_user_pool.waf.web_acl",
        source="cognito_user_pool",
        target="waf",
        mode=Mode.AUTHORIZER,
        flow=Flow.SYNC,
        verdict=Verdict.VALID,
        label="Web ACL",
        explanation="The web ACL looks at each request to the sign-in pages and the public API of the pool first.",
        conditions="A Regional web ACL of the same Region; one per user pool.",
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
)
