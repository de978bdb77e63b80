"""What a person can set on a route of an API: its method, its own throttle, its cache and its deployment."""

from __future__ import annotations

from typing import Final

from designer.domain.catalog.sources import aws_docs, service_model
from designer.domain.catalog.spec import Choice, Kind, Parameter
from designer.domain.connections.parameters import WEIGHT

_GUIDE: Final = "apigateway/latest/developerguide/"
_THROTTLING: Final = aws_docs("Throttle requests to REST APIs", _GUIDE + "api-gateway-request-throttling.html")
_METHODS: Final = ("ANY", "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")


def _method(cfn_property: str) -> Parameter:
    return Parameter(
        id="http_method",
        label="Method",
        kind=Kind.CHOICE,
        default="ANY",
        choices=tuple(Choice(method, "Any" if method == "ANY" else method) for method in _METHODS),
        help="The HTTP method of the requests that take this arrow.",
        source=service_model("apigateway", "PutMethod.httpMethod"),
        cfn_property=cfn_property,
    )


def _throttle(prefix: str) -> tuple[Parameter, Parameter]:
    return (
        Parameter(
            id="route_rate_per_s",
            label="Throttle rate",
            kind=Kind.NUMBER,
            default=None,
            unit="/s",
            minimum=0,
            maximum=10_000,
            help="Requests per second that this route lets pass in the long run, besides the stage's own limit. Unset: "
            "the stage's.",
            source=_THROTTLING,
            adjustable=True,
            beyond="The caller gets 429 Too Many Requests.",
            cfn_property=f"{prefix}.ThrottlingRateLimit",
        ),
        Parameter(
            id="route_burst",
            label="Throttle burst",
            kind=Kind.INTEGER,
            default=None,
            unit="requests",
            minimum=0,
            maximum=5_000,
            help="Requests to this route that may come at once. Unset: the stage's.",
            source=_THROTTLING,
            beyond="The caller gets 429 Too Many Requests.",
            cfn_property=f"{prefix}.ThrottlingBurstLimit",
        ),
    )


CACHING: Final = Parameter(
    id="caching",
    label="Cached",
    kind=Kind.CHOICE,
    default="stage",
    choices=(Choice("stage", "GET only, as the stage"), Choice("on", "Yes"), Choice("off", "No")),
    help="Whether the stage's cache keeps this method's answers. The cache key knows the path and the parameters that "
    "you name, not the body.",
    source=aws_docs("API caching", _GUIDE + "api-gateway-caching.html"),
    cfn_property="Stage.MethodSettings.CachingEnabled",
)

DEPLOYMENT: Final = Parameter(
    id="deployment",
    label="Deployment",
    kind=Kind.CHOICE,
    default="both",
    choices=(
        Choice("both", "Both"),
        Choice("stable", "The one in use"),
        Choice("canary", "The canary"),
    ),
    help="Which deployment of the stage uses this arrow, while a canary gets a share of the requests.",
    source=aws_docs("Canary release deployment", _GUIDE + "canary-release.html"),
    cfn_property="Stage.CanarySetting.DeploymentId",
)

MESSAGE_GROUP: Final = Parameter(
    id="message_group",
    label="Message group",
    kind=Kind.TEXT,
    default="$input.params('group')",
    help="Where the mapping takes MessageGroupId from. Messages of one group keep their order.",
    source=service_model("sqs", "SendMessage.MessageGroupId"),
    cfn_property="Integration.RequestTemplates",
)

CONNECTION_TYPE: Final = Parameter(
    id="connection_type",
    label="Reached over",
    kind=Kind.CHOICE,
    default="INTERNET",
    choices=(Choice("INTERNET", "The internet"), Choice("VPC_LINK", "A VPC link")),
    help="Servers inside a VPC, or on premises behind it, are reached through a VPC link.",
    source=service_model("apigateway", "PutIntegration.connectionType"),
    cfn_property="Integration.ConnectionType",
)

EDGE_EVENT: Final = Parameter(
    id="edge_event",
    label="Runs at",
    kind=Kind.CHOICE,
    default="viewer-request",
    choices=(
        Choice("viewer-request", "Each request, before the cache"),
        Choice("viewer-response", "Each answer"),
        Choice("origin-request", "Each request to the origin"),
        Choice("origin-response", "Each answer of the origin"),
    ),
    help="When the function runs. At the caller's side it runs with every request, at the origin's only with what the "
    "cache does not have.",
    source=service_model("cloudfront", "CreateDistribution.EventType"),
    cfn_property="DistributionConfig.DefaultCacheBehavior.LambdaFunctionAssociations.EventType",
)

REST_ROUTE: Final = (
    WEIGHT,
    _method("Method.HttpMethod"),
    *_throttle("Stage.MethodSettings"),
    CACHING,
    DEPLOYMENT,
)
HTTP_ROUTE: Final = (WEIGHT, _method("Route.RouteKey"), *_throttle("Stage.RouteSettings"))
