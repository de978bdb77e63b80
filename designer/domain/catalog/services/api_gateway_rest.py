"""Amazon API Gateway REST API with one stage."""

from designer.domain.catalog.api_front import CALLER_PARAMETERS, KEY_PARAMETERS, VALIDATION, front_parameters
from designer.domain.catalog.api_parameters import (
    ACCOUNT_LIMITS,
    RESPONSE_KB,
    access_log_format,
    access_logging,
    throttle_parameters,
)
from designer.domain.catalog.payloads import TOO_LARGE
from designer.domain.catalog.rest_stage_parameters import (
    CACHE_PARAMETERS,
    CANARY_PARAMETERS,
    USAGE_PLAN_PARAMETERS,
)
from designer.domain.catalog.sources import HTTP_LIMITS, REST_LIMITS, REST_OR_HTTP, aws_docs, service_model, toolkit
from designer.domain.catalog.spec import Category, Choice, Kind, Limit, Modelled, Parameter, PriceRef, Service

_GUIDE = "apigateway/latest/developerguide/"

SERVICE = Service(
    id="api_gateway_rest",
    name="API Gateway REST API",
    label="REST API",
    category=Category.INTEGRATION,
    summary="HTTPS front door with caching, validation, API keys and direct calls to AWS services.",
    icon="architecture-service/AmazonAPIGateway",
    source=REST_OR_HTTP,
    parameters=(
        Parameter(
            id="endpoint_type",
            label="Endpoint",
            kind=Kind.CHOICE,
            default="edge",
            choices=(
                Choice("edge", "Edge-optimized"),
                Choice("regional", "Regional"),
                Choice("private", "Private (VPC only)"),
            ),
            help="Edge-optimized goes through CloudFront, for callers all over the world; Regional is for callers near "
            "the Region; private is reachable only through an interface VPC endpoint.",
            source=service_model("apigateway", "CreateRestApi.EndpointConfiguration"),
            cfn_property="EndpointConfiguration.Types",
            headline=True,
        ),
        Parameter(
            id="integration_timeout_ms",
            label="Integration timeout",
            kind=Kind.INTEGER,
            default=29_000,
            unit="ms",
            minimum=50,
            maximum=29_000,
            help="How long the API waits for the backend. AWS raises the 29 s for Regional and private APIs on "
            "request, never for edge-optimized ones.",
            source=REST_LIMITS,
            adjustable=True,
            beyond="The caller gets 504; the function behind goes on and is billed.",
            cfn_property="Method.Integration.TimeoutInMillis",
        ),
        *throttle_parameters("Stage.MethodSettings."),
        Parameter(
            id="authorization",
            label="Authorization",
            kind=Kind.CHOICE,
            default="none",
            choices=(
                Choice("none", "Open"),
                Choice("iam", "IAM"),
                Choice("cognito", "Cognito user pool"),
                Choice("lambda", "Lambda authorizer"),
                Choice("api_key", "API key"),
            ),
            help="Who may call. A Lambda authorizer also needs its arrow to the function; an API key identifies a "
            "caller but is no proof of who it is.",
            source=aws_docs("Control access to REST APIs", _GUIDE + "apigateway-control-access-to-api.html"),
            cfn_property="Method.AuthorizationType",
        ),
        VALIDATION,
        *USAGE_PLAN_PARAMETERS,
        *CACHE_PARAMETERS,
        *CANARY_PARAMETERS,
        *front_parameters(rest=True),
        Parameter(
            id="xray_tracing",
            label="X-Ray tracing",
            kind=Kind.BOOLEAN,
            default=False,
            help="Records sampled requests: the first of each second and 5 % of the rest.",
            source=aws_docs("Trace REST APIs using X-Ray", _GUIDE + "apigateway-xray.html"),
            cfn_property="Stage.TracingEnabled",
        ),
        access_logging("Stage.AccessLogSetting", aws_docs("Logging for REST APIs", _GUIDE + "set-up-logging.html")),
        access_log_format(
            "Stage.AccessLogSetting.Format", aws_docs("Logging for REST APIs", _GUIDE + "set-up-logging.html")
        ),
        RESPONSE_KB,
        *CALLER_PARAMETERS,
        *KEY_PARAMETERS,
    ),
    limits=(
        *ACCOUNT_LIMITS,
        Limit("payload", "Request and answer", 10, "MB", "The caller gets 413.", HTTP_LIMITS),
        Limit(
            "raised_integration_timeout",
            "Integration timeout after a raise (Regional, private)",
            300_000,
            "ms",
            "The caller gets 504. A raise may lower the account's request rate.",
            REST_LIMITS,
            adjustable=True,
        ),
        Limit("headers", "Size of all headers", 10_240, "bytes", "The request is rejected.", REST_LIMITS),
        Limit(
            "private_headers",
            "Size of all headers of a private API",
            8_000,
            "bytes",
            "The request is rejected.",
            REST_LIMITS,
        ),
        Limit("cached_answer", "Size of a cached answer", 1_048_576, "bytes", "It is not cached.", REST_LIMITS),
        Limit("regional_apis", "Regional APIs", 600, "APIs", "Creating fails.", REST_LIMITS),
        Limit("edge_apis", "Edge-optimized APIs", 120, "APIs", "Creating fails.", REST_LIMITS),
        Limit("private_apis", "Private APIs", 600, "APIs", "Creating fails.", REST_LIMITS),
        Limit("resources", "Resources per API", 300, "resources", "Creating fails.", REST_LIMITS, adjustable=True),
        Limit("stages", "Stages per API", 10, "stages", "Creating fails.", REST_LIMITS, adjustable=True),
        Limit("vpc_links", "VPC links", 20, "links", "Creating fails.", REST_LIMITS, adjustable=True),
        Limit("api_keys", "API keys of the Region", 10_000, "keys", "Creating fails.", REST_LIMITS),
        Limit(
            "usage_plans", "Usage plans of the Region", 300, "plans", "Creating fails.", REST_LIMITS, adjustable=True
        ),
        Limit(
            "authorizer_ttl",
            "Lifetime of a cached authorizer result",
            3_600,
            "s",
            "The setting is rejected.",
            toolkit("API Gateway", "api-gateway.md"),
        ),
    ),
    prices=(
        PriceRef("api_gateway_rest.requests", "Requests"),
        *(
            PriceRef(f"api_gateway_rest.cache_{size}", f"Cache of {size} GB, per hour")
            for size in ("0.5", "1.6", "6.1", "13.5", "28.4", "58.2", "118", "237")
        ),
        PriceRef("data_transfer.out", "Traffic out to the internet"),
    ),
    model=Modelled(
        modelled=(
            "Token buckets of the account, the stage, the route and each API key; 429 when one is empty.",
            "A web ACL, token checks and Lambda authorizers with their remembered answers.",
            "401 and 403 by their shares.",
            "Validation of malformed requests, answered 400.",
            "The stage's cache by time to live, popularity and size: a hit asks no backend.",
            "A canary's share of the requests, with routes of its own.",
            "One integration per request, by the weights of the arrows, under its timeout; the answer's status.",
            TOO_LARGE,
        ),
        estimated=("Overhead of a request.", "When the cache is full, it holds the most popular answers."),
        not_modelled=("Callers that empty the cache.", "Streamed answers count as whole ones."),
    ),
    cfn_types=("AWS::ApiGateway::RestApi", "AWS::Serverless::Api"),
    keywords=("api gateway", "rest", "api", "https", "endpoint", "http"),
    entry_point=True,
)
