"""A cache in memory: Amazon ElastiCache."""

from designer.domain.catalog.server_parameters import ERROR_PERCENT
from designer.domain.catalog.sources import aws_docs, estimate, service_model
from designer.domain.catalog.spec import Category, Choice, Kind, Modelled, Parameter, Section, Service

_GUIDE = "AmazonElastiCache/latest/dg/"
_CREATE = "CreateReplicationGroup."

SERVICE = Service(
    id="elasticache",
    name="ElastiCache",
    label="cache",
    category=Category.DATA,
    summary="Keeps data in memory for answers in under a millisecond. It has private addresses only, so whoever calls "
    "it has to be in the VPC.",
    icon="architecture-service/AmazonElastiCache",
    source=aws_docs("What is Amazon ElastiCache?", _GUIDE + "WhatIs.html"),
    parameters=(
        Parameter(
            id="engine",
            label="Engine",
            kind=Kind.CHOICE,
            default="valkey",
            choices=(Choice("valkey", "Valkey"), Choice("redis", "Redis OSS"), Choice("memcached", "Memcached")),
            help="The cache software. Memcached has no replicas and loses its data with the node.",
            source=service_model("elasticache", _CREATE + "Engine"),
            cfn_property="Engine",
            headline=True,
        ),
        Parameter(
            id="node_type",
            label="Node type",
            kind=Kind.CHOICE,
            default="cache.t4g.small",
            choices=tuple(
                Choice(name, name)
                for name in ("cache.t4g.micro", "cache.t4g.small", "cache.t4g.medium", "cache.m7g.large")
            ),
            help="Processor and memory of each node.",
            source=service_model("elasticache", _CREATE + "CacheNodeType"),
            cfn_property="CacheNodeType",
            headline=True,
        ),
        Parameter(
            id="shards",
            label="Shards",
            kind=Kind.INTEGER,
            default=1,
            unit="shards",
            minimum=1,
            maximum=500,
            help="Over how many primary nodes the keys are spread.",
            source=service_model("elasticache", _CREATE + "NumNodeGroups"),
            cfn_property="NumNodeGroups",
        ),
        Parameter(
            id="replicas_per_shard",
            label="Replicas per shard",
            kind=Kind.INTEGER,
            default=1,
            minimum=0,
            maximum=5,
            help="Copies of each shard that answer reads and take over when the primary fails.",
            source=service_model("elasticache", _CREATE + "ReplicasPerNodeGroup"),
            cfn_property="ReplicasPerNodeGroup",
        ),
        Parameter(
            id="automatic_failover",
            label="Automatic failover",
            kind=Kind.BOOLEAN,
            default=False,
            help="A replica becomes the primary by itself. Needed for more than one shard; needs a replica.",
            source=service_model("elasticache", _CREATE + "AutomaticFailoverEnabled"),
            cfn_property="AutomaticFailoverEnabled",
        ),
        Parameter(
            id="multi_az",
            label="Multi-AZ",
            kind=Kind.BOOLEAN,
            default=False,
            help="Replicas lie in other Availability Zones than their primary.",
            source=service_model("elasticache", _CREATE + "MultiAZEnabled"),
            cfn_property="MultiAZEnabled",
        ),
        Parameter(
            id="transit_encryption",
            label="Encryption in transit",
            kind=Kind.BOOLEAN,
            default=False,
            help="Callers connect over TLS.",
            source=service_model("elasticache", _CREATE + "TransitEncryptionEnabled"),
            cfn_property="TransitEncryptionEnabled",
        ),
        Parameter(
            id="notification_topic",
            label="Events to a topic",
            kind=Kind.BOOLEAN,
            default=False,
            help="The cluster publishes what happens to it, such as a failover, to an SNS topic.",
            source=service_model("elasticache", _CREATE + "NotificationTopicArn"),
            cfn_property="NotificationTopicArn",
        ),
        Parameter(
            id="duration_ms",
            label="Call",
            kind=Kind.NUMBER,
            default=0.5,
            unit="ms",
            minimum=0,
            maximum=60_000,
            help="Mean time of one call, network within the VPC included.",
            source=estimate("AWS promises answers in under a millisecond without a distribution"),
            section=Section.WORKLOAD,
        ),
        ERROR_PERCENT,
    ),
    model=Modelled(
        modelled=("The time of each call.", "Who reaches it is checked in the design."),
        estimated=("Variation: one call in a hundred takes four times the usual time.",),
        not_modelled=("The most that a node can serve, memory, evictions, misses and failover.", "Its price."),
    ),
    cfn_types=(
        "AWS::ElastiCache::CacheCluster",
        "AWS::ElastiCache::ReplicationGroup",
        "AWS::ElastiCache::ServerlessCache",
    ),
    keywords=("elasticache", "cache", "redis", "valkey", "memcached", "memory"),
)
