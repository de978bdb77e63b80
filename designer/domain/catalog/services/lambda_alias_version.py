"""AWS Lambda alias: a name in front of one or two published versions of a function."""

from designer.domain.catalog.payloads import TOO_LARGE
from designer.domain.catalog.sources import aws_docs, service_model, toolkit
from designer.domain.catalog.spec import Category, Kind, Limit, Modelled, Parameter, PriceRef, Service

_ALIASES = aws_docs("Lambda aliases", "lambda/latest/dg/configuration-aliases.html")

SERVICE = Service(
    id="lambda_alias_version",
    name="Lambda alias",
    label="alias",
    category=Category.COMPUTE,
    summary="A fixed name such as PROD for a published version of a function. It can send a share of the calls to a "
    "second version.",
    icon="resource/AWSLambdaLambdaFunction",
    source=_ALIASES,
    parameters=(
        Parameter(
            id="alias_name",
            label="Alias",
            kind=Kind.TEXT,
            default="live",
            help="The name that callers put behind the function's: DEV, QA or PROD, say. A number names a version "
            "itself, without an alias.",
            source=service_model("lambda", "CreateAlias.Name"),
            cfn_property="Name",
            headline=True,
        ),
        Parameter(
            id="provisioned_concurrency",
            label="Provisioned concurrency",
            kind=Kind.INTEGER,
            default=0,
            unit="environments",
            minimum=0,
            maximum=900,
            help="Environments that are kept initialised for calls that come through this alias. They are billed while "
            "they are configured, and are spread over its versions by their share of the calls.",
            source=toolkit("Lambda concurrency", "concurrency.md"),
            adjustable=True,
            beyond="Calls above it run on ordinary environments with cold starts.",
            cfn_property="ProvisionedConcurrencyConfig.ProvisionedConcurrentExecutions",
        ),
    ),
    limits=(
        Limit(
            "versions",
            "Versions behind one alias",
            2,
            "versions",
            "The alias is rejected.",
            service_model("lambda", "CreateAlias.RoutingConfig"),
        ),
    ),
    prices=(
        PriceRef("lambda.provisioned_concurrency_x86", "Provisioned concurrency, x86"),
        PriceRef("lambda.provisioned_concurrency_arm64", "Provisioned concurrency, arm64"),
    ),
    model=Modelled(
        modelled=(
            "Calls, events and batches of standard queues split between the versions by their shares.",
            "Prepared environments of each version for what comes through the alias, and ordinary ones beyond.",
            TOO_LARGE,
        ),
        not_modelled=("Shares that CodeDeploy moves over time.",),
    ),
    cfn_types=("AWS::Lambda::Alias",),
    keywords=("lambda", "alias", "version", "canary", "blue green", "prod", "weighted", "rollout", "function"),
)
