"""Amazon SNS standard topic."""

from designer.domain.catalog.sources import SNS_LARGE, SNS_QUOTAS, SNS_RETRIES, aws_docs
from designer.domain.catalog.spec import Category, Choice, Kind, Limit, Modelled, Parameter, PriceRef, Service

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
        Parameter(
            id="maximum_message_bytes",
            label="Maximum message size",
            kind=Kind.INTEGER,
            default=262_144,
            unit="bytes",
            minimum=1_024,
            maximum=1_048_576,
            help="The largest message. Above 256 KiB a topic may have only queues, functions and Firehose as "
            "subscribers, and at most 100 of them.",
            source=SNS_LARGE,
            beyond="Publish fails with InvalidParameter.",
            cfn_property="MaximumMessageSize",
            headline=True,
        ),
        Parameter(
            id="encryption",
            label="Encryption at rest",
            kind=Kind.CHOICE,
            default="none",
            choices=(
                Choice("none", "Off"),
                Choice("kms_aws_managed", "AWS managed KMS key"),
                Choice("kms_customer_managed", "Customer managed KMS key"),
            ),
            help="Which key encrypts stored messages. S3 and EventBridge cannot publish to a topic that uses the AWS "
            "managed key, because its policy cannot let them in.",
            source=aws_docs("Amazon SNS data encryption", "sns/latest/dg/sns-server-side-encryption.html"),
            cfn_property="KmsMasterKeyId",
        ),
    ),
    limits=(
        Limit(
            "publish_rate",
            "Publish rate of the account (us-east-1)",
            30_000,
            "/s",
            "Publish fails with a throttling error.",
            SNS_QUOTAS,
            adjustable=True,
        ),
        Limit("batch_entries", "Messages per PublishBatch", 10, "messages", "The call is rejected.", SNS_QUOTAS),
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
            "filter_policies",
            "Filter policies per topic",
            200,
            "policies",
            "Setting a further one fails with FilterPolicyLimitExceeded.",
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
        Limit(
            "delivery_attempts",
            "Attempts to reach a function or a queue, over 23 days",
            100_015,
            "attempts",
            "The message goes to the subscription's dead-letter queue, or is lost.",
            SNS_RETRIES,
        ),
    ),
    prices=(
        PriceRef("sns_standard.publish", "Publish requests, per 64 KB"),
        PriceRef("sns_standard.email", "E-mail deliveries"),
    ),
    model=Modelled(
        modelled=(
            "One copy of each message per subscription that lets it pass, delivered at the same time.",
            "Retries at a throttled subscriber, and the subscription's dead-letter queue.",
        ),
        estimated=("Delivery time to queues and to people.",),
        not_modelled=("The account's publish rate.", "Regional prices of text messages.", "KMS requests."),
    ),
    cfn_types=("AWS::SNS::Topic",),
    keywords=("sns", "topic", "publish", "fan-out", "notification", "email", "sms"),
    entry_point=True,
)
