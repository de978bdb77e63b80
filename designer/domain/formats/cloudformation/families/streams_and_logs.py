"""Data streams, Flink applications, log groups, alarms, warehouses and search domains."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from designer.domain.catalog.registry import services
from designer.domain.catalog.spec import Kind, Parameter, Section, Value
from designer.domain.formats.cloudformation.draft import Draft
from designer.domain.formats.cloudformation.template import Resource
from designer.domain.formats.cloudformation.values import at, decimal, flag, mapping, text, whole

_READERS: Mapping[Kind, Callable[[object], Value]] = {
    Kind.INTEGER: whole,
    Kind.NUMBER: decimal,
    Kind.BOOLEAN: flag,
    Kind.CHOICE: text,
    Kind.TEXT: text,
}


def _plain(service: str) -> Callable[[Resource, Draft], Mapping[str, Value]]:
    """Reads the parameters of a service whose values stand at their CloudFormation property as they are."""

    def read(resource: Resource, draft: Draft) -> Mapping[str, Value]:
        del draft
        return {
            parameter.id: _value(resource.properties, parameter)
            for parameter in services()[service].parameters
            if parameter.section is Section.SETTING and parameter.kind in _READERS
        }

    return read


def _value(properties: Mapping[str, object], parameter: Parameter) -> Value:
    value = _READERS[parameter.kind](at(properties, *parameter.cfn_property.split(".")))
    if parameter.kind is Kind.CHOICE and value not in [choice.value for choice in parameter.choices]:
        return None
    return value


def _stream(resource: Resource, draft: Draft) -> Mapping[str, Value]:
    key = text(at(resource.properties, "StreamEncryption", "KeyId"))
    kms = None if key is None else "kms_aws_managed" if key == "alias/aws/kinesis" else "kms_customer_managed"
    return {**_plain("kinesis_stream")(resource, draft), "encryption": kms}


def _log_group(resource: Resource, draft: Draft) -> Mapping[str, Value]:
    own_key = True if "KmsKeyId" in resource.properties else None
    return {**_plain("cloudwatch_logs")(resource, draft), "kms_encryption": own_key}


def _collection(resource: Resource, draft: Draft) -> Mapping[str, Value]:
    del draft
    standby = resource.properties.get("StandbyReplicas")
    return {"deployment": "serverless", "standby_replicas": False if standby == "DISABLED" else None}


def _domain(resource: Resource, draft: Draft) -> Mapping[str, Value]:
    in_vpc = True if mapping(resource.properties.get("VPCOptions")) else None
    return {**_plain("opensearch")(resource, draft), "in_vpc": in_vpc, "standby_replicas": None}


def _cluster(resource: Resource, draft: Draft) -> Mapping[str, Value]:
    return {**_plain("redshift")(resource, draft), "deployment": "provisioned", "base_capacity_rpu": None}


def _connect_subscription(resource: Resource, draft: Draft) -> None:
    group = draft.find(resource.properties.get("LogGroupName"), "LogGroup")
    target = draft.find(resource.properties.get("DestinationArn"))
    draft.connect(group, target, "subscription", {"filter_pattern": text(resource.properties.get("FilterPattern"))})


NODES = {
    "AWS::CloudWatch::Alarm": _plain("cloudwatch_alarm"),
    "AWS::Elasticsearch::Domain": _domain,
    "AWS::Kinesis::Stream": _stream,
    "AWS::KinesisAnalyticsV2::Application": _plain("managed_flink"),
    "AWS::Logs::LogGroup": _log_group,
    "AWS::OpenSearchServerless::Collection": _collection,
    "AWS::OpenSearchService::Domain": _domain,
    "AWS::Redshift::Cluster": _cluster,
    "AWS::RedshiftServerless::Workgroup": _plain("redshift"),
}
EDGES = {"AWS::Logs::SubscriptionFilter": _connect_subscription}
