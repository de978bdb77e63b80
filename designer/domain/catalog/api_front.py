"""What stands between a caller and an API: its domain, its checks, and who the callers are."""

from __future__ import annotations

from typing import Final

from designer.domain.catalog.sources import aws_docs, service_model, workload
from designer.domain.catalog.spec import Choice, Kind, Parameter, Section, Shown, Source

_GUIDE: Final = "apigateway/latest/developerguide/"
_CALLERS: Final = workload("who your callers are")
_REST_MTLS: Final = aws_docs("Mutual TLS authentication for REST APIs", _GUIDE + "rest-api-mutual-tls.html")
_HTTP_MTLS: Final = aws_docs("Mutual TLS authentication for HTTP APIs", _GUIDE + "http-api-mutual-tls.html")


def front_parameters(*, rest: bool) -> tuple[Parameter, ...]:
    """Domain, mutual TLS and CORS of an API; REST APIs have them elsewhere in a template than HTTP APIs."""
    kind, domain = ("RestApi", "DomainName") if rest else ("Api", "DomainName.DomainNameConfigurations")
    return (
        Parameter(
            id="custom_domain",
            label="Domain of your own",
            kind=Kind.BOOLEAN,
            default=False,
            help="Answers under a name of yours, with a certificate of ACM.",
            source=aws_docs("Custom domain names", _GUIDE + "how-to-custom-domains.html"),
            cfn_property=f"{domain}.CertificateArn",
        ),
        Parameter(
            id="mutual_tls",
            label="Mutual TLS",
            kind=Kind.BOOLEAN,
            default=False,
            help="Lets in only callers with a client certificate that your trust store in S3 knows. It works on a "
            "domain of your own; the API's default address goes past it until that is switched off.",
            source=_REST_MTLS if rest else _HTTP_MTLS,
            cfn_property="DomainName.MutualTlsAuthentication.TruststoreUri",
        ),
        Parameter(
            id="default_endpoint",
            label="Default address",
            kind=Kind.BOOLEAN,
            default=True,
            help="Whether the API also answers at its execute-api address.",
            source=_default_endpoint(rest=rest),
            cfn_property=f"{kind}.DisableExecuteApiEndpoint",
        ),
        Parameter(
            id="cors",
            label="CORS",
            kind=Kind.BOOLEAN,
            default=False,
            help="Answers the question that a browser asks before a page of another site may call the API.",
            source=_cors(rest=rest),
            cfn_property="Method (OPTIONS).Integration.IntegrationResponses" if rest else "CorsConfiguration",
        ),
    )


def _default_endpoint(*, rest: bool) -> Source:
    model = "apigateway" if rest else "apigatewayv2"
    return service_model(model, "CreateRestApi.disableExecuteApiEndpoint" if rest else "CreateApi")


def _cors(*, rest: bool) -> Source:
    if rest:
        return aws_docs("CORS for REST APIs in API Gateway", _GUIDE + "how-to-cors.html")
    return aws_docs("Configure CORS for HTTP APIs", _GUIDE + "http-api-cors.html")


def _share(identifier: str, label: str, text: str) -> Parameter:
    return Parameter(
        id=identifier,
        label=label,
        kind=Kind.NUMBER,
        default=0,
        unit="%",
        minimum=0,
        maximum=100,
        help=text,
        source=_CALLERS,
        section=Section.WORKLOAD,
    )


CALLER_PARAMETERS: Final = (
    Parameter(
        id="callers",
        label="Different callers",
        kind=Kind.INTEGER,
        default=1_000,
        unit="users",
        minimum=1,
        maximum=10_000_000,
        help="How many tokens are in use at a time. The fewer, the more often a remembered answer of the "
        "authorizer serves.",
        source=_CALLERS,
        section=Section.WORKLOAD,
    ),
    _share(
        "unauthenticated_percent",
        "Requests without a valid token",
        "Share of the requests that get 401 in a run when the API checks who calls.",
    ),
    _share(
        "forbidden_percent",
        "Requests that are not allowed",
        "Share of the requests that get 403 in a run because the authorizer or IAM says no.",
    ),
    _share(
        "malformed_percent",
        "Malformed requests",
        "Share of the requests that break the API's rules. With validation the API answers 400 itself; without, the "
        "backend has to.",
    ),
)

KEY_PARAMETERS: Final = (
    Parameter(
        id="cache_keys",
        label="Different answers",
        kind=Kind.INTEGER,
        default=1_000,
        unit="answers",
        minimum=1,
        maximum=10_000_000,
        shown_when=Shown("cache_enabled"),
        help="How many different requests there are, by what the cache key takes of them. Decides the hit ratio of "
        "the cache.",
        source=_CALLERS,
        section=Section.WORKLOAD,
    ),
    Parameter(
        id="key_skew",
        label="Popularity (Zipf exponent)",
        kind=Kind.NUMBER,
        default=1,
        minimum=0,
        maximum=3,
        shown_when=Shown("cache_enabled"),
        help="How unevenly requests spread over the answers. 0: all alike; 1: the second half as often as the first, "
        "the third a third as often.",
        source=_CALLERS,
        section=Section.WORKLOAD,
    ),
    Parameter(
        id="cacheable_percent",
        label="GET requests",
        kind=Kind.NUMBER,
        default=80,
        unit="%",
        minimum=0,
        maximum=100,
        shown_when=Shown("cache_enabled"),
        help="Share of GET among the requests of arrows that take any method. Only answers to GET are cached unless an "
        "arrow says otherwise.",
        source=_CALLERS,
        section=Section.WORKLOAD,
    ),
)

VALIDATION: Final = Parameter(
    id="request_validation",
    label="Request validation",
    kind=Kind.CHOICE,
    default="none",
    choices=(
        Choice("none", "Off"),
        Choice("parameters", "Parameters and headers"),
        Choice("body", "Body, by its model"),
        Choice("both", "Body, parameters and headers"),
    ),
    help="Refuses malformed requests with 400 before they cost a call of the backend.",
    source=aws_docs("Request validation for REST APIs", _GUIDE + "api-gateway-method-request-validation.html"),
    cfn_property="RequestValidator.ValidateRequestBody",
)
