"""Amazon SNS standard topic."""

from designer.domain.catalog.payloads import TOO_LARGE
from designer.domain.catalog.sources import SNS_QUOTAS, SNS_RETRIES, aws_docs, service_model
from designer.domain.catalog.spec import Category, Kind, Limit, Modelled, Parameter, PriceRef, Service
from designer.domain.catalog.topic_parameters import TOPIC_LIMITS, TOPIC_SETTINGS

SERVICE = Service(
    id="sns_standard",
    name="SNS standard topic",
    label="topic",
    category=Category.INTEGRATION,
    summary="Pushes each published message to every subscriber: functions, queues, e-mail, text messages, HTTP "
    "endpoints.",
    icon="architecture-service/AmazonSimpleNotificationService",
    source=aws_docs("What is Amazon SNS", "sns/latest/dg/welcome.html"),
    parameters=(
        *TOPIC_SETTINGS,
        Parameter(
            id="xray_tracing",
            label="X-Ray tracing",
            kind=Kind.BOOLEAN,
            default=False,
            help="The topic writes a segment of its own for each traced message. Without it the topic only hands the "
            "trace header on.",
            source=service_model("sns", "CreateTopic.Attributes"),
            cfn_property="TracingConfig",
        ),
    ),
    limits=(
        *TOPIC_LIMITS,
        Limit(
            "publish_rate",
            "Publish rate of the account (us-east-1)",
            30_000,
            "/s",
            "Publish fails with a throttling error.",
            SNS_QUOTAS,
            adjustable=True,
        ),
        Limit(
            "subscriptions",
            "Subscriptions per topic",
            12_500_000,
            "subscriptions",
            "Subscribe fails with SubscriptionLimitExceeded.",
            SNS_QUOTAS,
            adjustable=True,
        ),
        Limit(
            "topics",
            "Topics of the account",
            100_000,
            "topics",
            "Creating a further one fails with TopicLimitExceeded.",
            SNS_QUOTAS,
            adjustable=True,
        ),
        Limit(
            "person_delivery_attempts",
            "Attempts to reach a person, over 6 hours",
            50,
            "attempts",
            "The message is lost.",
            SNS_RETRIES,
        ),
    ),
    prices=(
        PriceRef("sns_standard.publish", "Publish requests, per 64 KB"),
        PriceRef("sns_standard.body_filtering", "Messages compared with filters on their body"),
        PriceRef("sns_standard.email", "E-mail deliveries"),
        PriceRef("sns_standard.http", "HTTP deliveries, each attempt per 64 KB"),
        PriceRef("sns_standard.firehose", "Firehose deliveries"),
    ),
    model=Modelled(
        modelled=(
            "One copy of each message per subscription that lets it pass, delivered at the same time.",
            "Retries at a throttled subscriber, and the subscription's dead-letter queue.",
            "Attempts at HTTP endpoints by their delivery policy, each of them billed.",
            "The account's publish rate.",
            TOO_LARGE,
        ),
        estimated=("Delivery time to queues and to people.",),
        not_modelled=("Regional prices of text messages.",),
    ),
    cfn_types=("AWS::SNS::Topic",),
    keywords=("sns", "topic", "publish", "fan-out", "notification", "email", "sms"),
    entry_point=True,
)
