"""What a person tells about a function's log and code: what rules ask, and what it needs."""

from __future__ import annotations

from typing import Final

from designer.domain.catalog.sources import aws_docs, service_model, toolkit, workload
from designer.domain.catalog.spec import Kind, Parameter, Section

_CODE: Final = workload("what your code is")
_QUOTAS: Final = toolkit("Lambda", "lambda.md")

LOG_RETENTION: Final = Parameter(
    id="log_retention_days",
    label="Log retention",
    kind=Kind.INTEGER,
    default=None,
    unit="days",
    minimum=1,
    maximum=3_653,
    help="When the lines of the function's log group are deleted. Unset: never.",
    source=service_model("logs", "PutRetentionPolicy.retentionInDays"),
    beyond="Lines that nobody reads are kept and billed for ever.",
    cfn_property="LogGroup.RetentionInDays",
)

CODE_PARAMETERS: Final[tuple[Parameter, ...]] = (
    Parameter(
        id="repeatable",
        label="Work is repeatable",
        kind=Kind.BOOLEAN,
        default=False,
        help="Doing the same event twice does no harm, because the code keeps a key of what it has done or because its "
        "writes come out the same. Nearly every way to invoke a function can repeat an event.",
        source=aws_docs("Idempotency in Lambda functions", "lambda/latest/dg/best-practices.html"),
        section=Section.WORKLOAD,
    ),
    Parameter(
        id="memory_needed_mb",
        label="Memory needed",
        kind=Kind.INTEGER,
        default=None,
        unit="MB",
        minimum=1,
        maximum=10_240,
        help="The most that your code uses, as Max Memory Used in its REPORT lines says. Unset: less than it has.",
        source=_CODE,
        beyond="With less memory the environment is killed with Runtime.ExitError: the event fails, is billed, and the "
        "next one starts cold.",
        section=Section.WORKLOAD,
    ),
    Parameter(
        id="code_mb",
        label="Size of the code",
        kind=Kind.NUMBER,
        default=None,
        unit="MB",
        minimum=0,
        maximum=10_240,
        help="Unzipped with its layers, or the size of the image. 250 MB for a .zip package, 10 GB for an image.",
        source=_CODE,
        beyond="AWS refuses the function.",
        section=Section.WORKLOAD,
    ),
    Parameter(
        id="layers",
        label="Layers",
        kind=Kind.INTEGER,
        default=0,
        unit="layers",
        minimum=0,
        maximum=5,
        help="How many layers the .zip package uses. Images have none.",
        source=_QUOTAS,
        beyond="AWS refuses the function.",
        section=Section.WORKLOAD,
    ),
    Parameter(
        id="environment_bytes",
        label="Environment variables",
        kind=Kind.INTEGER,
        default=0,
        unit="bytes",
        minimum=0,
        maximum=4_096,
        help="Names and values of all environment variables together.",
        source=_QUOTAS,
        beyond="AWS refuses the configuration. Larger settings belong into AppConfig, Parameter Store or S3.",
        section=Section.WORKLOAD,
    ),
)
