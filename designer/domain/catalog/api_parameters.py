"""Parameters that REST and HTTP APIs have alike."""

from __future__ import annotations

from typing import Final

from designer.domain.catalog.sources import API_LIMITS, toolkit, workload
from designer.domain.catalog.spec import Kind, Limit, Parameter, Section, Source

_STAGE = toolkit("API Gateway", "api-gateway.md")


def throttle_parameters(cfn_prefix: str) -> tuple[Parameter, Parameter]:
    """Rate and burst of a stage; ``cfn_prefix`` is the CloudFormation property that holds the two."""
    return (
        Parameter(
            id="throttle_rate_per_s",
            label="Throttle rate",
            kind=Kind.NUMBER,
            default=None,
            unit="/s",
            minimum=0,
            maximum=10_000,
            help="Requests per second that the stage lets pass in the long run. Unset: the account's 10,000, which all "
            "APIs of the Region share.",
            source=_STAGE,
            adjustable=True,
            beyond="The caller gets 429 Too Many Requests.",
            cfn_property=f"{cfn_prefix}ThrottlingRateLimit",
        ),
        Parameter(
            id="throttle_burst",
            label="Throttle burst",
            kind=Kind.INTEGER,
            default=None,
            unit="requests",
            minimum=0,
            maximum=5_000,
            help="Requests that may come at once before the rate counts. Unset: the account's 5,000.",
            source=_STAGE,
            beyond="The caller gets 429 Too Many Requests.",
            cfn_property=f"{cfn_prefix}ThrottlingBurstLimit",
        ),
    )


def access_logging(cfn_property: str, source: Source) -> Parameter:
    """Whether the stage writes a line per request to CloudWatch Logs."""
    return Parameter(
        id="access_logging",
        label="Access logging",
        kind=Kind.BOOLEAN,
        default=False,
        help="Writes one line per request to a log group.",
        source=source,
        cfn_property=cfn_property,
    )


def access_log_format(cfn_property: str, source: Source) -> Parameter:
    """How a line of the access log looks."""
    return Parameter(
        id="access_log_format",
        label="Access log format",
        kind=Kind.TEXT,
        default=None,
        help="One line of the access log, made of variables such as $context.requestId. As JSON it can be searched by "
        "its fields.",
        source=source,
        cfn_property=cfn_property,
    )


RESPONSE_KB: Final = Parameter(
    id="response_kb",
    label="Response size",
    kind=Kind.NUMBER,
    default=2,
    unit="KB",
    minimum=0,
    maximum=10_240,
    help="Size of a typical answer. Traffic out to the internet is billed by it.",
    source=workload("how large your answers are"),
    section=Section.WORKLOAD,
    beyond="An answer of more than 10 MB, or more than 6 MB from a function, fails.",
)

ACCOUNT_LIMITS: Final[tuple[Limit, ...]] = (
    Limit(
        "account_rate",
        "Request rate of the account and Region",
        10_000,
        "/s",
        "The caller gets 429 Too Many Requests. All APIs of the Region share it.",
        API_LIMITS,
        adjustable=True,
    ),
    Limit(
        "account_burst",
        "Burst of the account and Region",
        5_000,
        "requests",
        "The caller gets 429 Too Many Requests.",
        API_LIMITS,
    ),
)
