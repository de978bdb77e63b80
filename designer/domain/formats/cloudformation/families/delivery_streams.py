"""Data Firehose: source stream, transformation, destination and backup bucket."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from designer.domain.formats.cloudformation.draft import Draft
from designer.domain.formats.cloudformation.template import Resource
from designer.domain.formats.cloudformation.values import at, items, mapping

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


def _connect(resource: Resource, draft: Draft) -> None:
    properties = resource.properties
    source = draft.find(at(properties, "KinesisStreamSourceConfiguration", "KinesisStreamARN"), "Stream")
    draft.connect(source, resource.id, "delivery_source")
    for key, value in properties.items():
        if key.endswith("DestinationConfiguration"):
            _connect_destination(draft, resource.id, mapping(value))


def _connect_destination(draft: Draft, stream: str, destination: Mapping[str, object]) -> None:
    plain = {key: value for key, value in destination.items() if key not in _NOT_DESTINATION}
    bucket = draft.find(destination.get("BucketARN"), "Bucket")
    for target in [bucket] if bucket else draft.find_all(plain)[:1]:
        draft.connect(stream, target, "delivery")
    for key in _BACKUPS:
        draft.connect(stream, draft.find(at(destination, key, "BucketARN"), "Bucket"), "delivery")
    for processor in items(at(destination, "ProcessingConfiguration", "Processors")):
        for parameter in items(at(processor, "Parameters")):
            if at(parameter, "ParameterName") == "LambdaArn":
                draft.connect(stream, draft.find(at(parameter, "ParameterValue"), "Function"), "call")


EDGES = {"AWS::KinesisFirehose::DeliveryStream": _connect}
