"""Relational databases and caches."""

from __future__ import annotations

from collections.abc import Mapping

from designer.domain.catalog.registry import services
from designer.domain.catalog.spec import Value
from designer.domain.formats.cloudformation.draft import Draft
from designer.domain.formats.cloudformation.intrinsics import references
from designer.domain.formats.cloudformation.template import Resource
from designer.domain.formats.cloudformation.values import flag, items, whole


def _choice(service: str, parameter: str, value: object) -> Value:
    known = {choice.value for choice in services()[service].parameter(parameter).choices}
    return value if isinstance(value, str) and value in known else None


def _database(resource: Resource, draft: Draft) -> Mapping[str, Value]:
    properties = resource.properties
    instances = [
        draft.resources[part].properties for part, whole_id in draft.stands_for.items() if whole_id == resource.id
    ]
    classes = [instance.get("DBInstanceClass") for instance in instances] or [properties.get("DBInstanceClass")]
    return {
        "engine": _choice("rds_aurora", "engine", properties.get("Engine")),
        "instance_class": _choice("rds_aurora", "instance_class", classes[0]),
        "readers": _readers(resource, instances),
        "multi_az": flag(properties.get("MultiAZ")) or None,
        "publicly_accessible": any(flag(p.get("PubliclyAccessible")) is True for p in (properties, *instances)) or None,
        "data_api": flag(properties.get("EnableHttpEndpoint")) or None,
        "associated_role": True if items(properties.get("AssociatedRoles")) else None,
        "backup_retention_days": whole(properties.get("BackupRetentionPeriod")),
        "encryption": flag(properties.get("StorageEncrypted")) or None,
    }


def _readers(resource: Resource, instances: list[Mapping[str, object]]) -> int | None:
    """Instances beyond the first; a single RDS instance has none."""
    if resource.type == "AWS::RDS::DBInstance":
        return 0
    return len(instances) - 1 if instances else None


def _put_proxy_in_front(resource: Resource, draft: Draft) -> None:
    for name in ("DBClusterIdentifiers", "DBInstanceIdentifiers"):
        for reference in references(resource.properties.get(name)):
            database = draft.stands_for.get(reference.id, reference.id)
            if database in draft.nodes and draft.nodes[database].service == "rds_aurora":
                draft.set_parameters(database, rds_proxy=True)


def _cache(resource: Resource, draft: Draft) -> Mapping[str, Value]:
    del draft
    properties = resource.properties
    return {
        "engine": _choice("elasticache", "engine", properties.get("Engine")),
        "node_type": _choice("elasticache", "node_type", properties.get("CacheNodeType")),
        "shards": whole(properties.get("NumNodeGroups")),
        "replicas_per_shard": whole(properties.get("ReplicasPerNodeGroup")),
        "automatic_failover": flag(properties.get("AutomaticFailoverEnabled")) or None,
        "multi_az": flag(properties.get("MultiAZEnabled")) or None,
        "transit_encryption": flag(properties.get("TransitEncryptionEnabled")) or None,
        "notification_topic": True if properties.get("NotificationTopicArn") else None,
    }


def _connect_topic(resource: Resource, draft: Draft) -> None:
    topic = draft.find(resource.properties.get("NotificationTopicArn"), "Topic")
    draft.connect(resource.id, topic, "cluster_events")


NODES = {
    "AWS::ElastiCache::CacheCluster": _cache,
    "AWS::ElastiCache::ReplicationGroup": _cache,
    "AWS::ElastiCache::ServerlessCache": _cache,
    "AWS::RDS::DBCluster": _database,
    "AWS::RDS::DBInstance": _database,
}
EDGES = {
    "AWS::ElastiCache::CacheCluster": _connect_topic,
    "AWS::ElastiCache::ReplicationGroup": _connect_topic,
    "AWS::RDS::DBProxyTargetGroup": _put_proxy_in_front,
}
