"""AWS KMS key."""

from designer.domain.catalog.sources import aws_docs, service_model
from designer.domain.catalog.spec import Category, Choice, Kind, Limit, Modelled, Parameter, PriceRef, Service

_GUIDE = "kms/latest/developerguide/"
_RATES = aws_docs("Request quotas", _GUIDE + "requests-per-second.html")
_CONCEPTS = aws_docs("AWS KMS keys", _GUIDE + "concepts.html")
_THROTTLED = "ThrottlingException, which surfaces as an error of the service that needs the key."

SERVICE = Service(
    id="kms",
    name="KMS key",
    label="key",
    category=Category.IDENTITY,
    summary="A key that other services encrypt with. It never calls anything; its policy says who may use it.",
    icon="architecture-service/AWSKeyManagementService",
    source=_CONCEPTS,
    parameters=(
        Parameter(
            id="manager",
            label="Managed by",
            kind=Kind.CHOICE,
            default="customer",
            choices=(Choice("customer", "You (customer managed)"), Choice("aws", "AWS (AWS managed)")),
            help="An AWS managed key is free and its policy cannot be edited, so that services which send in their own "
            "name, such as S3, SNS and EventBridge, cannot be let in.",
            source=_CONCEPTS,
            cfn_property="KeyPolicy",
            headline=True,
        ),
        Parameter(
            id="services_allowed",
            label="Policy lets AWS services in",
            kind=Kind.BOOLEAN,
            default=False,
            help="Whether the key policy allows kms:GenerateDataKey* and kms:Decrypt to the AWS services that write to "
            "queues and topics under this key.",
            source=aws_docs(
                "Key management of Amazon SQS",
                "AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html",
            ),
            cfn_property="KeyPolicy.Statement",
        ),
        Parameter(
            id="key_spec",
            label="Kind of key",
            kind=Kind.CHOICE,
            default="SYMMETRIC_DEFAULT",
            choices=(
                Choice("SYMMETRIC_DEFAULT", "Symmetric (AES-256)"),
                Choice("RSA_2048", "RSA 2048"),
                Choice("RSA_3072", "RSA 3072"),
                Choice("RSA_4096", "RSA 4096"),
                Choice("ECC_NIST_P256", "Elliptic curve P-256"),
                Choice("ECC_NIST_P384", "Elliptic curve P-384"),
                Choice("HMAC_256", "HMAC 256"),
            ),
            help="AWS services encrypt with symmetric keys only. The others are for code that signs or encrypts "
            "itself, at a higher price per request.",
            source=service_model("kms", "CreateKey.KeySpec"),
            cfn_property="KeySpec",
        ),
        Parameter(
            id="rotation",
            label="Rotation",
            kind=Kind.BOOLEAN,
            default=False,
            help="Replaces the key's material by itself from time to time; what was encrypted before stays readable.",
            source=aws_docs("Rotate AWS KMS keys", _GUIDE + "rotate-keys.html"),
            cfn_property="EnableKeyRotation",
        ),
        Parameter(
            id="rotation_days",
            label="Rotation period",
            kind=Kind.INTEGER,
            default=365,
            unit="days",
            minimum=90,
            maximum=2_560,
            help="Days between two rotations.",
            source=service_model("kms", "EnableKeyRotation.RotationPeriodInDays"),
            cfn_property="RotationPeriodInDays",
            botocore="kms:EnableKeyRotationRequest.RotationPeriodInDays",
        ),
        Parameter(
            id="pending_days",
            label="Waiting time before deletion",
            kind=Kind.INTEGER,
            default=30,
            unit="days",
            minimum=7,
            maximum=30,
            help="A key is deleted for good only after this time; until then the deletion can be taken back.",
            source=aws_docs("Delete an AWS KMS key", _GUIDE + "deleting-keys.html"),
            cfn_property="PendingWindowInDays",
        ),
        Parameter(
            id="multi_region",
            label="Multi-Region",
            kind=Kind.BOOLEAN,
            default=False,
            help="Lets replicas of the key in other Regions decrypt what this one encrypted.",
            source=aws_docs("Multi-Region keys", _GUIDE + "multi-region-keys-overview.html"),
            cfn_property="MultiRegion",
        ),
    ),
    limits=(
        Limit(
            "symmetric_rate",
            "Requests with symmetric keys in us-east-1, us-west-2 and eu-west-1",
            100_000,
            "/s",
            f"{_THROTTLED} All keys of the account and Region share it. Other Regions begin at 10,000 or 20,000.",
            _RATES,
            adjustable=True,
        ),
        Limit("other_region_rate", "The same in most other Regions", 10_000, "/s", _THROTTLED, _RATES, adjustable=True),
    ),
    prices=(
        PriceRef("kms.key", "Customer managed key, by the month"),
        PriceRef("kms.requests", "Requests, symmetric keys"),
        PriceRef("kms.requests_asymmetric", "Requests, other keys"),
    ),
    model=Modelled(
        modelled=(
            "Requests of code under the account's rate.",
            "The bill of requests by queues, topics, buckets, tables and starting functions that use the key.",
        ),
        estimated=("Time of a request.", "Requests of queues and topics: by the reuse of their data keys."),
        not_modelled=("Time and throttling of requests that services make.",),
    ),
    cfn_types=("AWS::KMS::Key",),
    keywords=("encryption", "key", "cmk", "sse-kms", "decrypt", "crypto"),
)
