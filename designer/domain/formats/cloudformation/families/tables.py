"""DynamoDB tables; CloudFormation's own default is provisioned capacity, SAM's simple table is on demand."""

from __future__ import annotations

from collections.abc import Mapping

from designer.domain.catalog.spec import Value
from designer.domain.formats.cloudformation.draft import Draft
from designer.domain.formats.cloudformation.template import Resource
from designer.domain.formats.cloudformation.values import at, flag, items, mapping, text, whole


def _parameters(resource: Resource, draft: Draft) -> Mapping[str, Value]:
    del draft
    properties = resource.properties
    provisioned = properties.get("BillingMode") != "PAY_PER_REQUEST"
    return {
        "billing_mode": "provisioned" if provisioned else "on_demand",
        **(_capacity(properties) if provisioned else {}),
        "stream_view_type": text(at(properties, "StreamSpecification", "StreamViewType")),
        "point_in_time_recovery": flag(
            at(properties, "PointInTimeRecoverySpecification", "PointInTimeRecoveryEnabled")
        ),
        "deletion_protection": flag(properties.get("DeletionProtectionEnabled")),
        "global_indexes": len(items(properties.get("GlobalSecondaryIndexes"))) or None,
        "encryption": _encryption(properties),
    }


def _encryption(properties: Mapping[str, object]) -> Value:
    specification = mapping(properties.get("SSESpecification"))
    if flag(specification.get("SSEEnabled")) is not True:
        return None
    return "kms_customer_managed" if "KMSMasterKeyId" in specification else "kms_aws_managed"


def _simple_parameters(resource: Resource, draft: Draft) -> Mapping[str, Value]:
    del draft
    if "ProvisionedThroughput" in resource.properties:
        return {"billing_mode": "provisioned", **_capacity(resource.properties)}
    return {"billing_mode": "on_demand"}


def _capacity(properties: Mapping[str, object]) -> dict[str, Value]:
    throughput = properties.get("ProvisionedThroughput")
    return {
        "read_capacity_units": whole(at(throughput, "ReadCapacityUnits")),
        "write_capacity_units": whole(at(throughput, "WriteCapacityUnits")),
    }


def _connect(resource: Resource, draft: Draft) -> None:
    stream = at(resource.properties, "KinesisStreamSpecification", "StreamArn")
    draft.connect(resource.id, draft.find(stream, "Stream"), "streaming")


NODES = {
    "AWS::DynamoDB::GlobalTable": _parameters,
    "AWS::DynamoDB::Table": _parameters,
    "AWS::Serverless::SimpleTable": _simple_parameters,
}
EDGES = {"AWS::DynamoDB::Table": _connect}
