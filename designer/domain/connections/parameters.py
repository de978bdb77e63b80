"""What a person can set on an edge, shared by the rows of the connection table."""

from __future__ import annotations

from typing import Final

from designer.domain.catalog.event_parameters import SAMPLE_EVENT
from designer.domain.catalog.sources import (
    EVENTBRIDGE_QUOTAS,
    aws_docs,
    service_model,
    toolkit,
    workload,
)
from designer.domain.catalog.spec import Choice, Kind, Parameter, Section

WEIGHT: Final = Parameter(
    id="weight",
    label="Share",
    kind=Kind.NUMBER,
    default=1,
    minimum=0,
    maximum=1_000_000,
    help="How many of the requests take this arrow, relative to the other request arrows of the same node: shares of 3 "
    "and 1 are 75 % and 25 %.",
    source=workload("how your requests are spread"),
    section=Section.WORKLOAD,
)

CALLS_PER_REQUEST: Final = Parameter(
    id="calls_per_request",
    label="Calls per event",
    kind=Kind.NUMBER,
    default=1,
    minimum=0,
    maximum=10_000,
    help="How often the code makes this call while it works on one event. A fraction is a probability: 0.2 means for "
    "every fifth event.",
    source=workload("what your code does"),
    section=Section.WORKLOAD,
)

DYNAMODB_ACTION: Final = Parameter(
    id="action",
    label="Action",
    kind=Kind.CHOICE,
    default="PutItem",
    choices=tuple(
        Choice(action, action) for action in ("GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query", "Scan")
    ),
    help="The DynamoDB call. It decides the latency, the capacity units and the permission.",
    source=aws_docs("DynamoDB API", "amazondynamodb/latest/developerguide/HowItWorks.API.html"),
    cfn_property="Integration.Uri",
)

CONSISTENT_READ: Final = Parameter(
    id="consistent_read",
    label="Strongly consistent",
    kind=Kind.BOOLEAN,
    default=False,
    help="Reads see every write that was answered before. They take twice the units of other reads.",
    source=service_model("dynamodb", "GetItem.ConsistentRead"),
    section=Section.WORKLOAD,
)

TRANSACTIONAL: Final = Parameter(
    id="transactional",
    label="In a transaction",
    kind=Kind.BOOLEAN,
    default=False,
    help="The call is TransactWriteItems, or TransactGetItems for GetItem. Each item takes twice the units of a plain "
    "write or of a strongly consistent read.",
    source=service_model("dynamodb", "TransactWriteItems"),
    section=Section.WORKLOAD,
)

TABLE_CALL: Final = (DYNAMODB_ACTION, CONSISTENT_READ, TRANSACTIONAL)
"""What code of one's own says about its calls of a table."""

S3_ACTION: Final = Parameter(
    id="action",
    label="Action",
    kind=Kind.CHOICE,
    default="PutObject",
    choices=tuple(Choice(action, action) for action in ("GetObject", "PutObject", "DeleteObject")),
    help="The S3 call. It decides the latency, the price and the permission.",
    source=aws_docs("Amazon S3 API", "AmazonS3/latest/API/Welcome.html"),
    cfn_property="Integration.Uri",
)


def pass_percent(what: str) -> Parameter:
    """Share of records that get through a filter in a run; ``what`` names them in the help text."""
    return Parameter(
        id="filter_pass_percent",
        label="Passing the filter",
        kind=Kind.NUMBER,
        default=100,
        unit="%",
        minimum=0,
        maximum=100,
        help=f"Share of the {what} that get through the filter in a run. Unset: all, or none when the sample event "
        "does not pass.",
        source=workload("which of your messages match"),
        section=Section.WORKLOAD,
    )


TARGET_PARAMETERS: Final[tuple[Parameter, ...]] = (
    Parameter(
        id="retry_attempts",
        label="Retries",
        kind=Kind.INTEGER,
        default=185,
        unit="retries",
        minimum=0,
        maximum=185,
        help="How often EventBridge repeats a delivery that the target did not accept.",
        source=service_model("events", "PutTargets.RetryPolicy"),
        beyond="The event goes to the target's dead-letter queue, or is lost.",
        cfn_property="Targets.RetryPolicy.MaximumRetryAttempts",
        botocore="events:RetryPolicy.MaximumRetryAttempts",
    ),
    Parameter(
        id="maximum_event_age_s",
        label="Maximum event age",
        kind=Kind.INTEGER,
        default=86_400,
        unit="s",
        minimum=60,
        maximum=86_400,
        help="How long EventBridge keeps trying to deliver an event.",
        source=EVENTBRIDGE_QUOTAS,
        beyond="The event goes to the target's dead-letter queue, or is lost.",
        cfn_property="Targets.RetryPolicy.MaximumEventAgeInSeconds",
        botocore="events:RetryPolicy.MaximumEventAgeInSeconds",
    ),
)

FILTER_POLICY: Final = Parameter(
    id="filter_policy",
    label="Filter policy",
    kind=Kind.JSON,
    default=None,
    help='Which messages this subscriber gets, e.g. {"kind": ["order"]}. A change takes up to 15 minutes.',
    source=aws_docs("Amazon SNS message filtering", "sns/latest/dg/sns-message-filtering.html"),
    cfn_property="FilterPolicy",
    headline=True,
)

FILTER_POLICY_SCOPE: Final = Parameter(
    id="filter_policy_scope",
    label="Filter looks at",
    kind=Kind.CHOICE,
    default="MessageAttributes",
    choices=(Choice("MessageAttributes", "Message attributes"), Choice("MessageBody", "Message body, as JSON")),
    help="What the filter policy is compared with. A message whose body is no JSON object never passes a filter on the "
    "body.",
    source=aws_docs("Amazon SNS message filtering", "sns/latest/dg/sns-message-filtering.html"),
    cfn_property="FilterPolicyScope",
)

RAW_MESSAGE_DELIVERY: Final = Parameter(
    id="raw_message_delivery",
    label="Raw message",
    kind=Kind.BOOLEAN,
    default=False,
    help="Delivers the message as it was published, without the JSON envelope of SNS.",
    source=aws_docs("Amazon SNS raw message delivery", "sns/latest/dg/sns-large-payload-raw-message-delivery.html"),
    cfn_property="RawMessageDelivery",
)

SUBSCRIPTION_PARAMETERS: Final[tuple[Parameter, ...]] = (
    FILTER_POLICY,
    FILTER_POLICY_SCOPE,
    SAMPLE_EVENT,
    pass_percent("topic's messages"),
)

_NOTIFICATIONS = aws_docs(
    "S3 event notification types and destinations",
    "AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html",
)


def _object_name_part(identifier: str, label: str, place: str) -> Parameter:
    return Parameter(
        id=identifier,
        label=label,
        kind=Kind.TEXT,
        default=None,
        help=f"Only objects whose key {place} with this text. Filters of two destinations for the same event must not "
        "overlap.",
        source=_NOTIFICATIONS,
        cfn_property="NotificationConfiguration.*.Filter.S3Key.Rules",
    )


NOTIFICATION_PARAMETERS: Final[tuple[Parameter, ...]] = (
    Parameter(
        id="events",
        label="Events",
        kind=Kind.TEXT,
        default="s3:ObjectCreated:*",
        help="Event types, separated by commas, e.g. s3:ObjectCreated:*, s3:ObjectRemoved:*.",
        source=_NOTIFICATIONS,
        cfn_property="NotificationConfiguration.*.Event",
        headline=True,
    ),
    _object_name_part("prefix", "Prefix", "begins"),
    _object_name_part("suffix", "Suffix", "ends"),
)

MATCH_PERCENT: Final = Parameter(
    id="match_percent",
    label="Matching objects",
    kind=Kind.NUMBER,
    default=100,
    unit="%",
    minimum=0,
    maximum=100,
    help="Share of the bucket's new objects that cause this event in a run.",
    source=workload("which of your objects match"),
    section=Section.WORKLOAD,
)

MAX_RECEIVE_COUNT: Final = Parameter(
    id="max_receive_count",
    label="Maximum receives",
    kind=Kind.INTEGER,
    default=10,
    unit="receives",
    minimum=1,
    maximum=1_000,
    help="How often a message may be fetched before it moves to the dead-letter queue. With a function as the consumer "
    "at least 5, because throttling also uses receives up.",
    source=service_model("sqs", "CreateQueue.RedrivePolicy"),
    beyond="The message moves to the dead-letter queue and keeps the time at which it was sent.",
    cfn_property="RedrivePolicy.maxReceiveCount",
    headline=True,
)

RESULT_TTL_S: Final = Parameter(
    id="result_ttl_s",
    label="Result lifetime",
    kind=Kind.INTEGER,
    default=300,
    unit="s",
    minimum=0,
    maximum=3_600,
    help="How long the API remembers an authorizer's answer for the same token. 0: the function is called for each "
    "request.",
    source=toolkit("API Gateway", "api-gateway.md"),
    cfn_property="AuthorizerResultTtlInSeconds",
    botocore="apigatewayv2:CreateAuthorizerRequest.AuthorizerResultTtlInSeconds",
)
