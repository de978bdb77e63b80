"""Amazon API Gateway HTTP API with one stage."""

from designer.domain.catalog.api_front import CALLER_PARAMETERS, front_parameters
from designer.domain.catalog.api_parameters import (
    ACCOUNT_LIMITS,
    RESPONSE_KB,
    access_log_format,
    access_logging,
    throttle_parameters,
)
from designer.domain.catalog.payloads import TOO_LARGE
from designer.domain.catalog.sources import HTTP_LIMITS, REST_OR_HTTP, aws_docs, service_model
from designer.domain.catalog.spec import Category, Choice, Kind, Limit, Modelled, Parameter, PriceRef, Service

_GUIDE = "apigateway/latest/developerguide/"

SERVICE = Service(
    id="api_gateway_http",
    name="API Gateway HTTP API",
    label="HTTP API",
    category=Category.INTEGRATION,
    summary="Lean HTTPS front door for functions and web services: cheaper and faster than a REST API, with fewer "
    "features.",
    icon="resource/AmazonAPIGatewayEndpoint",
    source=REST_OR_HTTP,
    parameters=(
        Parameter(
            id="integration_timeout_ms",
            label="Integration timeout",
            kind=Kind.INTEGER,
            default=30_000,
            unit="ms",
            minimum=50,
            maximum=30_000,
            help="How long the API waits for the backend. AWS does not raise the 30 s.",
            source=service_model("apigatewayv2", "CreateIntegration.TimeoutInMillis"),
            beyond="The caller gets 504; the function behind goes on and is billed.",
            cfn_property="Integration.TimeoutInMillis",
            botocore="apigatewayv2:CreateIntegrationRequest.TimeoutInMillis",
        ),
        *throttle_parameters("Stage.DefaultRouteSettings."),
        Parameter(
            id="authorization",
            label="Authorization",
            kind=Kind.CHOICE,
            default="none",
            choices=(
                Choice("none", "Open"),
                Choice("jwt", "JWT (Cognito or any OpenID provider)"),
                Choice("iam", "IAM"),
                Choice("lambda", "Lambda authorizer"),
            ),
            help="Who may call. A Lambda authorizer also needs its arrow to the function.",
            source=aws_docs("Control access to HTTP APIs", _GUIDE + "http-api-access-control.html"),
            cfn_property="Route.AuthorizationType",
            headline=True,
        ),
        *front_parameters(rest=False),
        access_logging("Stage.AccessLogSettings", aws_docs("Logging for HTTP APIs", _GUIDE + "http-api-logging.html")),
        access_log_format(
            "Stage.AccessLogSettings.Format", aws_docs("Logging for HTTP APIs", _GUIDE + "http-api-logging.html")
        ),
        RESPONSE_KB,
        *CALLER_PARAMETERS,
    ),
    limits=(
        *ACCOUNT_LIMITS,
        Limit("payload", "Request and answer", 10, "MB", "The caller gets 413.", HTTP_LIMITS),
        Limit("routes", "Routes per API", 300, "routes", "Creating fails.", HTTP_LIMITS, adjustable=True),
        Limit("jwks_timeout", "Answer of the token issuer", 1_500, "ms", "The caller gets 401 or 500.", HTTP_LIMITS),
    ),
    prices=(
        PriceRef("api_gateway_http.requests", "Requests, per 512 KB"),
        PriceRef("data_transfer.out", "Traffic out to the internet"),
    ),
    model=Modelled(
        modelled=(
            "Token buckets of the account, the stage and the route; 429 when one is empty.",
            "Token checks and Lambda authorizers with their remembered answers; 401 and 403 by their shares.",
            "One integration per request, by the weights of the arrows, under its timeout; the answer's status.",
            TOO_LARGE,
        ),
        estimated=("Overhead of a request.",),
    ),
    cfn_types=("AWS::ApiGatewayV2::Api", "AWS::Serverless::HttpApi"),
    keywords=("api gateway", "http api", "api", "https", "endpoint", "jwt"),
    entry_point=True,
)
