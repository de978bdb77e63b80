"""What a person can set about the scaling and the indexes of a DynamoDB table."""

from __future__ import annotations

from typing import Final

from designer.domain.catalog.sources import DYNAMODB_QUOTAS, aws_docs, service_model, workload
from designer.domain.catalog.spec import Kind, Limit, Parameter, Section, Shown

_GUIDE: Final = "amazondynamodb/latest/developerguide/"
_AUTO_SCALING: Final = aws_docs("Managing throughput with auto scaling", _GUIDE + "AutoScaling.html")
_PROVISIONED: Final = Shown("billing_mode", ("provisioned",))

SCALING_PARAMETERS: Final[tuple[Parameter, ...]] = (
    Parameter(
        id="auto_scaling_percent",
        label="Scales to",
        kind=Kind.INTEGER,
        default=None,
        unit="%",
        minimum=20,
        maximum=90,
        shown_when=_PROVISIONED,
        help="Provisioned mode only. Application Auto Scaling keeps this share of the capacity in use: it adds "
        "some after two minutes above and takes some away after a quarter of an hour below. Unset: it stays as "
        "it is.",
        source=_AUTO_SCALING,
        cfn_property="ScalingPolicy.TargetTrackingScalingPolicyConfiguration.TargetValue",
    ),
    Parameter(
        id="auto_scaling_least",
        label="Scales down to",
        kind=Kind.INTEGER,
        default=1,
        unit="units",
        minimum=1,
        maximum=40_000,
        shown_when=_PROVISIONED,
        help="Provisioned mode with auto scaling only. The least capacity for reads, and for writes, that auto scaling "
        "leaves.",
        source=_AUTO_SCALING,
        cfn_property="ScalableTarget.MinCapacity",
    ),
    Parameter(
        id="auto_scaling_most",
        label="Scales up to",
        kind=Kind.INTEGER,
        default=40_000,
        unit="units",
        minimum=1,
        maximum=40_000,
        shown_when=_PROVISIONED,
        help="Provisioned mode with auto scaling only. The most capacity for reads, and for writes, that auto scaling "
        "asks for.",
        source=_AUTO_SCALING,
        adjustable=True,
        beyond="Requests above it are throttled.",
        cfn_property="ScalableTarget.MaxCapacity",
    ),
)

_WARM_FROM: Final = {"read": 12_000, "write": 4_000}
"""Requests a second that a new table on demand takes without warm throughput (AWS docs: on-demand capacity mode)."""


def _warm(what: str, member: str) -> Parameter:
    return Parameter(
        id=f"warm_{what}_units",
        label=f"Ready for {what}s",
        kind=Kind.INTEGER,
        default=None,
        unit="units",
        minimum=_WARM_FROM[what],
        maximum=40_000,
        shown_when=Shown("billing_mode", ("on_demand",)),
        help=f"On demand only. Warm throughput: units for {what}s a second that the table takes from the start. Unset: "
        f"{_WARM_FROM[what]:,}, and later twice its peak.",
        source=service_model("dynamodb", f"WarmThroughput.{member}"),
        adjustable=True,
        beyond=f"Further {what}s are throttled until the table has grown.",
        cfn_property=f"WarmThroughput.{member}",
        botocore=f"dynamodb:WarmThroughput.{member}",
    )


WARM_PARAMETERS: Final[tuple[Parameter, ...]] = (
    _warm("read", "ReadUnitsPerSecond"),
    _warm("write", "WriteUnitsPerSecond"),
)

SCALING_LIMITS: Final[tuple[Limit, ...]] = (
    Limit(
        "scale_out_after",
        "Minutes above the target before capacity is added",
        2,
        "min",
        "Until then saved capacity is used up and requests are throttled.",
        _AUTO_SCALING,
    ),
    Limit(
        "scale_in_after",
        "Minutes below the target before capacity is taken away",
        15,
        "min",
        "Until then unused capacity is paid for.",
        _AUTO_SCALING,
    ),
)

INDEX_PARAMETERS: Final[tuple[Parameter, ...]] = (
    Parameter(
        id="global_indexes",
        label="Global indexes",
        kind=Kind.INTEGER,
        default=0,
        unit="indexes",
        minimum=0,
        maximum=20,
        help="Global secondary indexes. Every write that touches their attributes is also written to each of them "
        "and billed again.",
        source=DYNAMODB_QUOTAS,
        adjustable=True,
        beyond="A further index is rejected. An index with too little capacity throttles writes to the table.",
        cfn_property="GlobalSecondaryIndexes",
    ),
    Parameter(
        id="index_write_capacity_units",
        label="Write capacity of an index",
        kind=Kind.INTEGER,
        default=None,
        unit="units",
        minimum=1,
        maximum=40_000,
        shown_when=_PROVISIONED,
        help="Provisioned mode only. Write capacity of each global index; auto scaling looks after it as after the "
        "table's. Unset: as much as the table has.",
        source=service_model("dynamodb", "GlobalSecondaryIndex.ProvisionedThroughput"),
        adjustable=True,
        beyond="Writes to the table are throttled, however much capacity the table itself has left.",
        cfn_property="GlobalSecondaryIndexes.ProvisionedThroughput.WriteCapacityUnits",
    ),
    Parameter(
        id="index_keys",
        label="Different index keys",
        kind=Kind.INTEGER,
        default=None,
        unit="keys",
        minimum=1,
        maximum=100_000_000,
        help="How many values the partition key of an index has, for instance 3 when it is a status. Each of them can "
        "be written no faster than one partition allows, and what is refused there is refused by the table. "
        "Unset: many.",
        source=workload("how your records are spread over the index's keys"),
        section=Section.WORKLOAD,
    ),
)
