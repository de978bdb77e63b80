"""Kafka clusters and Amazon MQ brokers. What reads them are event source mappings and pipes."""

from __future__ import annotations

from collections.abc import Mapping

from designer.domain.catalog.spec import Value
from designer.domain.formats.cloudformation.draft import Draft
from designer.domain.formats.cloudformation.template import Resource
from designer.domain.formats.cloudformation.values import at, flag, text, whole


def _cluster(resource: Resource, draft: Draft) -> Mapping[str, Value]:
    del draft
    properties = resource.properties
    storage = at(properties, "BrokerNodeGroupInfo", "StorageInfo", "EBSStorageInfo", "VolumeSize")
    return {
        "authentication": _authentication(properties.get("ClientAuthentication")),
        "brokers": whole(properties.get("NumberOfBrokerNodes")),
        "broker_storage_gb": whole(storage),
    }


def _authentication(settings: object) -> str | None:
    if flag(at(settings, "Sasl", "Iam", "Enabled")):
        return "iam"
    if flag(at(settings, "Sasl", "Scram", "Enabled")):
        return "sasl_scram"
    if flag(at(settings, "Tls", "Enabled")):
        return "mutual_tls"
    return "none" if flag(at(settings, "Unauthenticated", "Enabled")) else None


def _broker(resource: Resource, draft: Draft) -> Mapping[str, Value]:
    del draft
    properties = resource.properties
    engine = text(properties.get("EngineType"))
    return {
        "engine": engine.upper() if engine else None,
        "deployment_mode": text(properties.get("DeploymentMode")),
        "publicly_accessible": flag(properties.get("PubliclyAccessible")) or None,
    }


NODES = {"AWS::AmazonMQ::Broker": _broker, "AWS::MSK::Cluster": _cluster, "AWS::MSK::ServerlessCluster": _cluster}
EDGES: Mapping[str, object] = {}
