"""What can be set on a Flink application, and its fixed limits."""

from __future__ import annotations

from typing import Final

from designer.domain.catalog.sources import (
    FLINK_PRICING,
    FLINK_RESOURCES,
    FLINK_SCALING,
    aws_docs,
    service_model,
    workload,
)
from designer.domain.catalog.spec import Choice, Kind, Limit, Parameter, Section

_CONFIGURATION: Final = "ApplicationConfiguration.FlinkApplicationConfiguration."
_PARALLELISM: Final = service_model("kinesisanalyticsv2", "ParallelismConfiguration")
_CHECKPOINTS: Final = service_model("kinesisanalyticsv2", "CheckpointConfiguration")
_PROGRAM: Final = workload("what your program does with a record")

_SCALING: Final = (
    Parameter(
        id="parallelism",
        label="Parallelism",
        kind=Kind.INTEGER,
        default=1,
        unit="tasks",
        minimum=1,
        maximum=256,
        help="How many copies of each operator run at once. Divided by the tasks per unit it gives the "
        "processing units (KPU) that are billed.",
        source=FLINK_SCALING,
        beyond="The application does not scale further: 64 KPU per application until AWS raises the quota.",
        adjustable=True,
        cfn_property=_CONFIGURATION + "ParallelismConfiguration.Parallelism",
        headline=True,
    ),
    Parameter(
        id="parallelism_per_kpu",
        label="Tasks per processing unit",
        kind=Kind.INTEGER,
        default=1,
        unit="tasks",
        minimum=1,
        maximum=8,
        help="How many tasks share one KPU of 1 vCPU and 4 GB. More than one pays for programs that wait more than "
        "they compute.",
        source=FLINK_RESOURCES,
        cfn_property=_CONFIGURATION + "ParallelismConfiguration.ParallelismPerKPU",
    ),
    Parameter(
        id="auto_scaling",
        label="Scales by itself",
        kind=Kind.BOOLEAN,
        default=False,
        help="Doubles the parallelism after 15 minutes above 75 % CPU and halves it after 6 hours below 10 %, never "
        "below the value set. Each change restarts the program from a snapshot.",
        source=_PARALLELISM,
        cfn_property=_CONFIGURATION + "ParallelismConfiguration.AutoScalingEnabled",
    ),
)

_STATE: Final = (
    Parameter(
        id="checkpointing",
        label="Checkpoints",
        kind=Kind.BOOLEAN,
        default=True,
        help="Saves the state regularly, so that a restart counts no record twice and loses none.",
        source=_CHECKPOINTS,
        cfn_property=_CONFIGURATION + "CheckpointConfiguration.CheckpointingEnabled",
    ),
    Parameter(
        id="checkpoint_interval_ms",
        label="Checkpoint interval",
        kind=Kind.INTEGER,
        default=60_000,
        unit="ms",
        minimum=1,
        maximum=86_400_000,
        help="Time between two checkpoints: what has to be computed again after a failure. Exactly-once sinks show "
        "their output only at a checkpoint.",
        source=_CHECKPOINTS,
        cfn_property=_CONFIGURATION + "CheckpointConfiguration.CheckpointInterval",
        botocore="kinesisanalyticsv2:CheckpointConfiguration.CheckpointInterval",
    ),
    Parameter(
        id="snapshots",
        label="Snapshots",
        kind=Kind.BOOLEAN,
        default=True,
        help="Keeps the state when the application is stopped, updated or scaled.",
        source=service_model("kinesisanalyticsv2", "ApplicationSnapshotConfiguration"),
        cfn_property="ApplicationConfiguration.ApplicationSnapshotConfiguration.SnapshotsEnabled",
    ),
    Parameter(
        id="runtime",
        label="Runtime",
        kind=Kind.CHOICE,
        default="FLINK-1_20",
        choices=(
            *(
                Choice(f"FLINK-{v.replace('.', '_')}", f"Flink {v}")
                for v in ("1.15", "1.18", "1.19", "1.20", "2.2", "2.3")
            ),
            *(Choice(f"FLINK-{v.replace('.', '_')}", f"Flink {v} (old)") for v in ("1.6", "1.8", "1.11", "1.13")),
            Choice("ZEPPELIN-FLINK-3_0", "Studio notebook 3.0"),
            Choice("ZEPPELIN-FLINK-2_0", "Studio notebook 2.0 (old)"),
            Choice("ZEPPELIN-FLINK-1_0", "Studio notebook 1.0 (old)"),
            Choice("SQL-1_0", "SQL application (retired)"),
        ),
        help="Version of Flink that the program is built for. The SQL runtime is the retired product.",
        source=service_model("kinesisanalyticsv2", "CreateApplication.RuntimeEnvironment"),
        cfn_property="RuntimeEnvironment",
    ),
    Parameter(
        id="in_vpc",
        label="In a VPC",
        kind=Kind.BOOLEAN,
        default=False,
        help="Attached to subnets of yours. It then reaches AWS services and the internet only through endpoints or a "
        "NAT gateway.",
        source=aws_docs("Configure Flink to access resources in a VPC", "managed-flink/latest/java/vpc.html"),
        cfn_property="ApplicationConfiguration.VpcConfigurations",
    ),
)

_WORKLOAD: Final = (
    Parameter(
        id="record_ms",
        label="Work per record",
        kind=Kind.NUMBER,
        default=0.2,
        unit="ms",
        minimum=0.001,
        maximum=60_000,
        help="Time that one task needs for one record. 0.2 ms are 5,000 records a second for each task.",
        source=_PROGRAM,
        section=Section.WORKLOAD,
    ),
    Parameter(
        id="output_percent",
        label="Records written",
        kind=Kind.NUMBER,
        default=100,
        unit="%",
        minimum=0,
        maximum=100,
        help="Records that pass the program's filters for every hundred that are read. With a window they go into it.",
        source=_PROGRAM,
        section=Section.WORKLOAD,
    ),
    Parameter(
        id="window_s",
        label="Tumbling window",
        kind=Kind.NUMBER,
        default=0,
        unit="s",
        minimum=0,
        maximum=86_400,
        help="The program collects records for so long and writes its results at the end. 0: no window, each record "
        "is written at once.",
        source=_PROGRAM,
        section=Section.WORKLOAD,
    ),
    Parameter(
        id="window_results",
        label="Results of a window",
        kind=Kind.INTEGER,
        default=1,
        unit="records",
        minimum=1,
        maximum=100_000,
        help="Records that the program writes to each sink when a window ends, such as one for each key. A window "
        "without records writes none.",
        source=_PROGRAM,
        section=Section.WORKLOAD,
    ),
)

FLINK_PARAMETERS: Final[tuple[Parameter, ...]] = (*_SCALING, *_STATE, *_WORKLOAD)

FLINK_LIMITS: Final[tuple[Limit, ...]] = (
    Limit("kpu_vcpu", "Processors of one KPU", 1, "vCPU", "Records wait: the program falls behind.", FLINK_SCALING),
    Limit("kpu_memory", "Memory of one KPU", 4, "GB", "The program restarts when it runs out.", FLINK_SCALING),
    Limit("kpu_storage", "Storage of one KPU", 50, "GB", "Checkpoints fail when it is full.", FLINK_SCALING),
    Limit("orchestration_kpu", "Further KPU billed per application", 1, "KPU", "None.", FLINK_PRICING),
    Limit(
        "application_kpu",
        "KPU of one application",
        64,
        "KPU",
        "Scaling stops.",
        service_model("kinesisanalyticsv2", "ParallelismConfiguration"),
        adjustable=True,
    ),
    Limit(
        "scale_up_cpu",
        "CPU above which it scales up after 15 minutes",
        75,
        "%",
        "Parallelism doubles.",
        FLINK_RESOURCES,
    ),
    Limit(
        "scale_down_cpu",
        "CPU below which it scales down after 6 hours",
        10,
        "%",
        "Parallelism halves.",
        FLINK_RESOURCES,
    ),
)
