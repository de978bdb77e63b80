"""Data Firehose: source stream, transformation, destination and backup bucket."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from designer.domain.catalog.spec import Value
from designer.domain.formats.cloudformation.draft import Draft
from designer.domain.formats.cloudformation.template import Resource
from designer.domain.formats.cloudformation.values import at, decimal, flag, items, mapping, text, whole

_BACKUPS: Final = ("S3Configuration", "S3BackupConfiguration")
_NOT_DESTINATION: Final = frozenset(
    {
        *_BACKUPS,
        "CloudWatchLoggingOptions",
        "ProcessingConfiguration",
        "RoleARN",
        "SecretsManagerConfiguration",
        "VpcConfiguration",
    }
)


_ALL: Final = frozenset({"Enabled", "AllEvents", "AllData", "AllDocuments"})


def _parameters(resource: Resource, draft: Draft) -> Mapping[str, Value]:
    del draft
    properties = resource.properties
    destination = _destination(properties)
    hints = mapping(destination.get("BufferingHints"))
    backup = text(destination.get("S3BackupMode"))
    read = "KinesisStreamAsSource" if "KinesisStreamSourceConfiguration" in properties else None
    return {
        "source_type": text(properties.get("DeliveryStreamType")) or read,
        "buffer_size_mb": whole(hints.get("SizeInMBs")),
        "buffer_interval_s": whole(hints.get("IntervalInSeconds")),
        "compression": text(destination.get("CompressionFormat")),
        "format_conversion": _conversion(destination),
        "dynamic_partitioning": flag(at(destination, "DynamicPartitioningConfiguration", "Enabled")),
        "backup_mode": "all" if backup in _ALL else None,
        "retry_duration_s": whole(at(destination, "RetryOptions", "DurationInSeconds")),
        "error_logging": flag(at(destination, "CloudWatchLoggingOptions", "Enabled")),
        "encryption": text(at(properties, "DeliveryStreamEncryptionConfigurationInput", "KeyType")),
    }


def _destination(properties: Mapping[str, object]) -> Mapping[str, object]:
    found = [mapping(value) for key, value in properties.items() if key.endswith("DestinationConfiguration")]
    return found[0] if found else {}


def _conversion(destination: Mapping[str, object]) -> str | None:
    configuration = destination.get("DataFormatConversionConfiguration")
    if not isinstance(configuration, Mapping) or flag(configuration.get("Enabled", True)) is False:
        return None
    serializer = mapping(at(configuration, "OutputFormatConfiguration", "Serializer"))
    return "orc" if "OrcSerDe" in serializer else "parquet"


def _connect(resource: Resource, draft: Draft) -> None:
    properties = resource.properties
    source = draft.find(at(properties, "KinesisStreamSourceConfiguration", "KinesisStreamARN"), "Stream")
    draft.connect(source, resource.id, "source")
    for key, value in properties.items():
        if key.endswith("DestinationConfiguration"):
            _connect_destination(draft, resource.id, mapping(value))


def _connect_destination(draft: Draft, stream: str, destination: Mapping[str, object]) -> None:
    plain = {key: value for key, value in destination.items() if key not in _NOT_DESTINATION}
    bucket = draft.find(destination.get("BucketARN"), "Bucket")
    for target in [bucket] if bucket else draft.find_all(plain)[:1]:
        draft.connect(stream, target, "delivery")
    for key in _BACKUPS:
        draft.connect(stream, draft.find(at(destination, key, "BucketARN"), "Bucket"), "backup")
    for processor in items(at(destination, "ProcessingConfiguration", "Processors")):
        given = {
            at(entry, "ParameterName"): at(entry, "ParameterValue") for entry in items(at(processor, "Parameters"))
        }
        buffer: dict[str, Value] = {
            "transform_buffer_mb": decimal(given.get("BufferSizeInMBs")),
            "transform_interval_s": whole(given.get("BufferIntervalInSeconds")),
        }
        draft.connect(stream, draft.find(given.get("LambdaArn"), "Function"), "transform", buffer)


NODES = {"AWS::KinesisFirehose::DeliveryStream": _parameters}
EDGES = {"AWS::KinesisFirehose::DeliveryStream": _connect}
