"""Fixed limits of Kinesis Data Streams."""

from __future__ import annotations

from typing import Final

from designer.domain.catalog.sources import KINESIS_CONSUMERS, KINESIS_QUOTAS, KINESIS_SIZING, service_model
from designer.domain.catalog.spec import Limit

_THROTTLED: Final = "Refused with ProvisionedThroughputExceededException."

KINESIS_LIMITS: Final[tuple[Limit, ...]] = (
    Limit(
        "shard_write_bytes", "Data written to one shard, each second", 1_048_576, "bytes", _THROTTLED, KINESIS_QUOTAS
    ),
    Limit("shard_write_records", "Records written to one shard", 1_000, "/s", _THROTTLED, KINESIS_QUOTAS),
    Limit(
        "shard_read_bytes",
        "Data read from one shard by all polling readers, each second",
        2_097_152,
        "bytes",
        _THROTTLED,
        KINESIS_QUOTAS,
    ),
    Limit("get_records_rate", "GetRecords calls on one shard, all readers", 5, "/s", _THROTTLED, KINESIS_QUOTAS),
    Limit(
        "get_records_bytes",
        "Data in one GetRecords answer",
        10,
        "MiB",
        "After an answer of 10 MiB further calls are refused for 5 s.",
        KINESIS_QUOTAS,
    ),
    Limit("get_records_records", "Records in one GetRecords answer", 10_000, "records", "None more.", KINESIS_QUOTAS),
    Limit(
        "fan_out_bytes",
        "Data for one enhanced fan-out reader of one shard, each second",
        2_097_152,
        "bytes",
        "Records wait.",
        KINESIS_CONSUMERS,
    ),
    Limit(
        "fan_out_consumers",
        "Enhanced fan-out readers of one stream",
        20,
        "readers",
        "Registering a further one fails with LimitExceededException. 50 with On-demand Advantage.",
        KINESIS_CONSUMERS,
    ),
    Limit(
        "put_records",
        "Records in one PutRecords call",
        500,
        "records",
        "Refused.",
        service_model("kinesis", "PutRecords"),
    ),
    Limit(
        "put_records_bytes",
        "Data in one PutRecords call",
        10,
        "MiB",
        "The call is refused.",
        service_model("kinesis", "PutRecords"),
    ),
    Limit(
        "reshard_factor",
        "Growth in one UpdateShardCount call, times the shards",
        2,
        "",
        "Refused with LimitExceededException. Half as many at least; 10 calls in 24 hours; each takes minutes.",
        service_model("kinesis", "UpdateShardCount"),
        adjustable=True,
    ),
    Limit(
        "on_demand_write",
        "Writes of a new on-demand stream, each second",
        4,
        "MiB",
        "Throttled until it has grown.",
        KINESIS_SIZING,
    ),
    Limit(
        "on_demand_read",
        "Reads of a new on-demand stream, each second",
        8,
        "MiB",
        "Throttled until it has grown.",
        KINESIS_SIZING,
    ),
    Limit(
        "on_demand_growth",
        "On-demand growth within 15 minutes, times the peak of 30 days",
        2,
        "",
        "Traffic that more than doubles within 15 minutes can be throttled.",
        KINESIS_SIZING,
    ),
    Limit(
        "on_demand_maximum",
        "Writes of an on-demand stream in the largest Regions, each second",
        10_240,
        "MiB",
        "Throttled. 200 MiB in other Regions.",
        KINESIS_QUOTAS,
        adjustable=True,
    ),
    Limit(
        "on_demand_key_records",
        "Records of one partition key, on demand",
        1_000,
        "/s",
        "The key is throttled, 1 MiB a second too, even when the stream has room.",
        KINESIS_SIZING,
    ),
    Limit(
        "on_demand_streams",
        "On-demand streams of the account",
        50,
        "streams",
        "Creating a further one fails with LimitExceededException.",
        KINESIS_QUOTAS,
        adjustable=True,
    ),
    Limit(
        "advantage_commitment",
        "Least traffic with On-demand Advantage, in and out, each second",
        25,
        "MiB",
        "What is missing is billed all the same, for 24 hours at least.",
        KINESIS_SIZING,
    ),
)
