"""Amazon SNS FIFO topic."""

from designer.domain.catalog.payloads import TOO_LARGE
from designer.domain.catalog.queue_parameters import DUPLICATE_PERCENT, MESSAGE_GROUPS
from designer.domain.catalog.sources import SNS_QUOTAS, aws_docs, aws_page
from designer.domain.catalog.spec import Category, Choice, Kind, Limit, Modelled, Parameter, PriceRef, Service
from designer.domain.catalog.topic_parameters import TOPIC_LIMITS, TOPIC_SETTINGS

_FIFO = aws_docs("Amazon SNS FIFO topics", "sns/latest/dg/sns-fifo-topics.html")
_SCOPE = aws_page(
    "AWS CDK reference: FifoThroughputScope",
    "https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_sns.FifoThroughputScope.html",
    "2026",
)
_THROTTLED = "Publish fails with ThrottledException."

SERVICE = Service(
    id="sns_fifo",
    name="SNS FIFO topic",
    label="FIFO topic",
    category=Category.INTEGRATION,
    summary="Pushes each message to its queues in order within each message group, and drops what is published twice "
    "within five minutes. Only queues can subscribe.",
    icon="resource/AmazonSimpleNotificationServiceTopic",
    source=_FIFO,
    parameters=(
        *TOPIC_SETTINGS,
        Parameter(
            id="content_based_deduplication",
            label="Deduplication by content",
            kind=Kind.BOOLEAN,
            default=False,
            help="SNS takes the message body's hash as the deduplication id. Otherwise every publisher has to give "
            "one.",
            source=aws_docs("Message deduplication for FIFO topics", "sns/latest/dg/fifo-message-dedup.html"),
            cfn_property="ContentBasedDeduplication",
        ),
        Parameter(
            id="throughput_scope",
            label="Throughput limit",
            kind=Kind.CHOICE,
            default="Topic",
            choices=(
                Choice("Topic", "Per topic: 3,000 messages a second"),
                Choice("MessageGroup", "Per message group: high throughput"),
            ),
            help="Per topic, 3,000 messages or 20 MB a second. Per message group, each group takes 300 messages a "
            "second and only the account's rate limits the topic; a message is then known twice only within its group.",
            source=_SCOPE,
            beyond=_THROTTLED,
            cfn_property="FifoThroughputScope",
        ),
        MESSAGE_GROUPS,
        DUPLICATE_PERCENT,
    ),
    limits=(
        Limit("topic_publish_rate", "Publish rate of one topic", 3_000, "/s", _THROTTLED, _SCOPE),
        Limit("topic_bandwidth", "Published data of one topic", 20, "MB/s", _THROTTLED, _SCOPE),
        Limit(
            "publish_rate",
            "Publish rate of the account, per message group (us-east-1)",
            30_000,
            "/s",
            _THROTTLED,
            SNS_QUOTAS,
            adjustable=True,
        ),
        Limit("group_publish_rate", "Publish rate of one message group", 300, "/s", _THROTTLED, SNS_QUOTAS),
        Limit(
            "subscriptions",
            "Subscriptions per topic",
            100,
            "subscriptions",
            "Subscribe fails with SubscriptionLimitExceeded.",
            SNS_QUOTAS,
            adjustable=True,
        ),
        Limit(
            "topics",
            "FIFO topics of the account",
            1_000,
            "topics",
            "Creating a further one fails with TopicLimitExceeded.",
            SNS_QUOTAS,
            adjustable=True,
        ),
        *TOPIC_LIMITS,
    ),
    prices=(
        PriceRef("sns_fifo.publish", "Published messages"),
        PriceRef("sns_fifo.publish_data", "Published data, at least 1 KB a message"),
        PriceRef("sns_fifo.deliveries", "Messages to subscriptions"),
        PriceRef("sns_fifo.delivery_data", "Data to subscriptions"),
    ),
    model=Modelled(
        modelled=(
            "The publish rate of the topic, or of each message group and the account.",
            "One copy of each message per queue whose filter lets it pass.",
            "Messages that are published twice: accepted, billed and dropped.",
            TOO_LARGE,
        ),
        estimated=("Time of one Publish call.", "Delivery time to queues."),
        not_modelled=("The 20 MB a second of a topic.", "Archived messages and their replay."),
    ),
    cfn_types=("AWS::SNS::Topic",),
    keywords=("sns", "topic", "fifo", "publish", "fan-out", "order", "ordered", "deduplication"),
    entry_point=True,
)
