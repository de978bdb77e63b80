"""Secrets and configuration: an AWS Secrets Manager secret or a Systems Manager parameter."""

from designer.domain.catalog.sources import aws_docs, service_model, workload
from designer.domain.catalog.spec import Category, Choice, Kind, Limit, Modelled, Parameter, PriceRef, Section, Service

_SECRETS = "secretsmanager/latest/userguide/"
_STORE = "systems-manager/latest/userguide/"
_QUOTAS = aws_docs("AWS Secrets Manager quotas", _SECRETS + "reference_limits.html")
_SSM_QUOTAS = aws_docs("AWS Systems Manager endpoints and quotas", "general/latest/gr/ssm.html")
_TIERS = aws_docs("Managing parameter tiers", _STORE + "parameter-store-advanced-parameters.html")

SERVICE = Service(
    id="ssm_secrets",
    name="Secret or parameter",
    label="secret",
    category=Category.IDENTITY,
    summary="A password, key or setting that code fetches at run time, so that it stands in no template and no "
    "environment variable: AWS Secrets Manager or SSM Parameter Store.",
    icon="architecture-service/AWSSecretsManager",
    source=aws_docs("What is AWS Secrets Manager?", _SECRETS + "intro.html"),
    parameters=(
        Parameter(
            id="kind",
            label="Kept in",
            kind=Kind.CHOICE,
            default="secret",
            choices=(
                Choice("secret", "Secrets Manager"),
                Choice("standard", "Parameter Store, standard"),
                Choice("advanced", "Parameter Store, advanced"),
            ),
            help="Secrets Manager rotates secrets and bills each by the month; standard parameters are free, hold 4 KB "
            "and are not rotated.",
            source=_TIERS,
            cfn_property="Tier",
            headline=True,
        ),
        Parameter(
            id="rotation",
            label="Rotation",
            kind=Kind.BOOLEAN,
            default=False,
            help="Replaces the secret by itself with a function. Secrets Manager only.",
            source=aws_docs("Rotate AWS Secrets Manager secrets", _SECRETS + "rotating-secrets.html"),
            cfn_property="RotationSchedule.RotateImmediatelyOnUpdate",
        ),
        Parameter(
            id="rotation_days",
            label="Rotation period",
            kind=Kind.INTEGER,
            default=30,
            unit="days",
            minimum=1,
            maximum=1_000,
            help="Days between two rotations.",
            source=service_model("secretsmanager", "RotateSecret.RotationRules"),
            cfn_property="RotationSchedule.RotationRules.AutomaticallyAfterDays",
            botocore="secretsmanager:RotationRulesType.AutomaticallyAfterDays",
        ),
        Parameter(
            id="encryption",
            label="Encrypted with",
            kind=Kind.CHOICE,
            default="aws_managed",
            choices=(
                Choice("aws_managed", "AWS managed key"),
                Choice("customer_managed", "Customer managed key"),
                Choice("none", "Nothing (parameter of type String)"),
            ),
            help="Readers also need kms:Decrypt on a key of yours.",
            source=service_model("ssm", "PutParameter.Type"),
            cfn_property="KmsKeyId",
        ),
        Parameter(
            id="higher_throughput",
            label="Higher throughput",
            kind=Kind.BOOLEAN,
            default=False,
            help="Parameter Store only: raises the account's request rate, for a price per request.",
            source=aws_docs("Changing Parameter Store throughput", _STORE + "parameter-store-throughput.html"),
            cfn_property="ServiceSetting",
        ),
        Parameter(
            id="value_kb",
            label="Size of the value",
            kind=Kind.NUMBER,
            default=1,
            unit="KB",
            minimum=0,
            maximum=64,
            help="64 KB in Secrets Manager, 4 KB in a standard and 8 KB in an advanced parameter.",
            source=workload("how large the value is"),
            section=Section.WORKLOAD,
        ),
    ),
    limits=(
        Limit("secret_rate", "GetSecretValue", 10_000, "/s", "ThrottlingException.", _QUOTAS),
        Limit("parameter_rate", "GetParameter and GetParameters", 40, "/s", "ThrottlingException.", _SSM_QUOTAS),
        Limit(
            "secret_size",
            "Size of a secret",
            65_536,
            "bytes",
            "The value is rejected.",
            service_model("secretsmanager", "CreateSecret.SecretString"),
        ),
        Limit("standard_size", "Size of a standard parameter", 4, "KB", "The value is rejected.", _TIERS),
        Limit("advanced_size", "Size of an advanced parameter", 8, "KB", "The value is rejected.", _TIERS),
    ),
    prices=(
        PriceRef("ssm_secrets.secret", "Secret, by the month"),
        PriceRef("ssm_secrets.secret_calls", "Reads of secrets"),
        PriceRef("ssm_secrets.advanced", "Advanced parameter, by the month"),
        PriceRef("ssm_secrets.parameter_calls", "Reads of parameters"),
    ),
    model=Modelled(
        modelled=("Reads under the account's rate, and their price.",),
        estimated=("Time of a read.",),
        not_modelled=("Rotation.", "The limit of Parameter Store's higher throughput."),
    ),
    cfn_types=("AWS::SecretsManager::Secret", "AWS::SSM::Parameter"),
    keywords=("secrets manager", "parameter store", "password", "configuration", "rotation", "ssm", "credentials"),
)
