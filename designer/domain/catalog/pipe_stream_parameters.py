"""What a pipe can set when it reads a stream: retries, age, parallel batches."""

from __future__ import annotations

from typing import Final

from designer.domain.catalog.sources import service_model
from designer.domain.catalog.spec import Choice, Kind, Parameter

_STREAM: Final = "pipes:PipeSourceKinesisStreamParameters."
_PATH: Final = "SourceParameters.KinesisStreamParameters."


def _source(member: str) -> str:
    return f"PipeSourceKinesisStreamParameters.{member}"


STREAM_SOURCE: Final[tuple[Parameter, ...]] = (
    Parameter(
        id="starting_position",
        label="Starting position",
        kind=Kind.CHOICE,
        default="LATEST",
        choices=(Choice("LATEST", "New records"), Choice("TRIM_HORIZON", "Oldest record kept")),
        help="Streams only: where the pipe begins to read when it is made.",
        source=service_model("pipes", _source("StartingPosition")),
        cfn_property=_PATH + "StartingPosition",
    ),
    Parameter(
        id="parallelization_factor",
        label="Parallel batches per shard",
        kind=Kind.INTEGER,
        default=1,
        minimum=1,
        maximum=10,
        help="Streams only: how many batches of one shard are worked on at once. The order is kept per key.",
        source=service_model("pipes", _source("ParallelizationFactor")),
        cfn_property=_PATH + "ParallelizationFactor",
        botocore=_STREAM + "ParallelizationFactor",
    ),
    Parameter(
        id="maximum_retry_attempts",
        label="Retries",
        kind=Kind.INTEGER,
        default=-1,
        unit="retries",
        minimum=-1,
        maximum=10_000,
        help="Streams only: how often a failed batch is repeated. -1: until its records expire, and the shard waits "
        "all that time.",
        source=service_model("pipes", _source("MaximumRetryAttempts")),
        beyond="The batch goes to the dead-letter queue of the source, or is skipped.",
        cfn_property=_PATH + "MaximumRetryAttempts",
        botocore=_STREAM + "MaximumRetryAttempts",
    ),
    Parameter(
        id="maximum_record_age_s",
        label="Maximum record age",
        kind=Kind.INTEGER,
        default=-1,
        unit="s",
        minimum=-1,
        maximum=604_800,
        help="Streams only: older records are skipped. -1: as long as the stream keeps them.",
        source=service_model("pipes", _source("MaximumRecordAgeInSeconds")),
        beyond="The record goes to the dead-letter queue of the source, or is skipped.",
        cfn_property=_PATH + "MaximumRecordAgeInSeconds",
        botocore=_STREAM + "MaximumRecordAgeInSeconds",
    ),
    Parameter(
        id="bisect_on_error",
        label="Split failed batches",
        kind=Kind.BOOLEAN,
        default=False,
        help="Streams only: when the target names a failed record, the batch is halved until that record stands alone.",
        source=service_model("pipes", _source("OnPartialBatchItemFailure")),
        cfn_property=_PATH + "OnPartialBatchItemFailure",
    ),
)
