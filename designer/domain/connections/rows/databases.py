"""What a relational database and a cache do by themselves."""

from __future__ import annotations

from typing import Final

from designer.domain.catalog.sources import aws_docs, service_model
from designer.domain.connections.spec import (
    Comparison,
    Connection,
    End,
    Flow,
    Mode,
    PermissionSide,
    Requirement,
    Verdict,
)
from designer.domain.connections.wording import BEST_EFFORT, ONCE, RULE_RETRIES, UNORDERED

_AURORA: Final = "AmazonRDS/latest/AuroraUserGuide/"
_MAPPINGS: Final = aws_docs(
    "How Lambda processes records from stream and queue-based event sources",
    "lambda/latest/dg/invocation-eventsourcemapping.html",
)
_ROLE: Final = Requirement(
    End.SOURCE,
    "associated_role",
    Comparison.ONE_OF,
    (True,),
    "a role is attached to the database",
    fix=True,
)
_AURORA_ENGINES: Final = ("aurora-mysql", "aurora-postgresql")


def _engine(*engines: str, message: str, certain: bool = True) -> Requirement:
    return Requirement(End.SOURCE, "engine", Comparison.ONE_OF, engines, message, fix=engines[0], certain=certain)


CONNECTIONS = (
    Connection(
        id="rds_aurora.lambda.sql_function",
        source="rds_aurora",
        target="lambda",
        mode=Mode.SYNCHRONOUS,
        flow=Flow.SYNC,
        verdict=Verdict.CONDITIONAL,
        label="Called from SQL",
        explanation="A statement or trigger calls the function and waits for its answer, or hands an event over to it.",
        conditions="Aurora MySQL, Aurora PostgreSQL and RDS for PostgreSQL, with a role attached. In private subnets "
        "it needs a NAT gateway or an endpoint for Lambda.",
        authority=aws_docs(
            "Invoking a Lambda function from Aurora MySQL", _AURORA + "AuroraMySQL.Integrating.Lambda.html"
        ),
        preferred=True,
        retries="The statement fails. Events that were handed over are retried by Lambda, three attempts in all.",
        delivery=ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.SERVICE_ROLE,
        permission="lambda:InvokeFunction for the role attached to the database",
        cfn_resources=("AWS::RDS::DBCluster",),
        requirements=(
            _engine(*_AURORA_ENGINES, "postgres", message="the engine can call functions: Aurora or PostgreSQL"),
            _ROLE,
        ),
    ),
    Connection(
        id="rds_aurora.lambda.event_source_mapping",
        source="rds_aurora",
        target="lambda",
        mode=Mode.EVENT_SOURCE_MAPPING,
        flow=Flow.POLL,
        verdict=Verdict.INVALID,
        label="Changed rows trigger the function",
        explanation="Lambda reads no changes from RDS or Aurora.",
        conditions="Event source mappings exist for SQS, Kinesis, DynamoDB streams, Kafka, MQ and DocumentDB.",
        authority=_MAPPINGS,
        drawable=False,
        alternative="Call the function from a trigger in SQL, or copy changes to Kinesis with DMS.",
    ),
    Connection(
        id="rds_aurora.sns_standard.event_subscription",
        source="rds_aurora",
        target="sns_standard",
        mode=Mode.ASYNCHRONOUS,
        flow=Flow.ASYNC,
        verdict=Verdict.VALID,
        label="Event subscription",
        explanation="RDS publishes what happens to the database, such as a failover, but no changed rows.",
        conditions="A standard topic.",
        authority=service_model("rds", "CreateEventSubscription"),
        preferred=True,
        retries="None that AWS documents.",
        delivery=BEST_EFFORT,
        ordering=UNORDERED,
        permission_side=PermissionSide.RESOURCE_POLICY,
        permission="sns:Publish for events.rds.amazonaws.com",
        cfn_resources=("AWS::RDS::EventSubscription",),
    ),
    Connection(
        id="rds_aurora.eventbridge_bus.events",
        source="rds_aurora",
        target="eventbridge_bus",
        mode=Mode.ASYNCHRONOUS,
        flow=Flow.ASYNC,
        verdict=Verdict.VALID,
        label="Service events",
        explanation="What happens to the database appears on the default bus by itself. Never changed rows.",
        conditions="Only on the default bus of the account and Region.",
        authority=aws_docs(
            "Amazon RDS events in EventBridge", "AmazonRDS/latest/UserGuide/rds-cloud-watch-events.html"
        ),
        preferred=True,
        retries=RULE_RETRIES,
        delivery=BEST_EFFORT,
        ordering=UNORDERED,
        permission_side=PermissionSide.NONE,
        permission="None needed",
        cfn_resources=("AWS::Events::Rule",),
    ),
    Connection(
        id="rds_aurora.redshift.zero_etl",
        source="rds_aurora",
        target="redshift",
        mode=Mode.DELIVERY,
        flow=Flow.ASYNC,
        verdict=Verdict.CONDITIONAL,
        label="Zero-ETL integration",
        explanation="Changed rows are copied into the warehouse within seconds, without a pipeline of yours.",
        conditions="For certain engines and versions; binary logging or logical replication has to be on.",
        authority=service_model("rds", "CreateIntegration"),
        preferred=True,
        retries="The integration catches up by itself; its state shows when it cannot.",
        delivery="Every committed change",
        ordering="As committed",
        permission_side=PermissionSide.RESOURCE_POLICY,
        permission="redshift:AuthorizeInboundIntegration and CreateInboundIntegration in the warehouse's policy",
        cfn_resources=("AWS::RDS::Integration",),
        requirements=(
            _engine(
                *_AURORA_ENGINES,
                "mysql",
                "postgres",
                message="the engine has zero-ETL integrations: Aurora, RDS for MySQL and lately RDS for PostgreSQL",
                certain=False,
            ),
        ),
    ),
    Connection(
        id="rds_aurora.s3.export",
        source="rds_aurora",
        target="s3",
        mode=Mode.SYNCHRONOUS,
        flow=Flow.SYNC,
        verdict=Verdict.CONDITIONAL,
        label="Export",
        explanation="A statement writes the rows of a query to the bucket, or RDS exports a snapshot there.",
        conditions="A role attached to the database may write to the bucket.",
        authority=aws_docs(
            "Saving data from Aurora MySQL into text files in S3", _AURORA + "AuroraMySQL.Integrating.SaveIntoS3.html"
        ),
        preferred=True,
        retries="The statement fails; nothing is retried.",
        delivery="The whole result, in files",
        ordering="As the query has it",
        permission_side=PermissionSide.SERVICE_ROLE,
        permission="s3:PutObject for the role attached to the database",
        cfn_resources=("AWS::RDS::DBCluster",),
        requirements=(_ROLE,),
    ),
    Connection(
        id="rds_aurora.kinesis_stream.activity_stream",
        source="rds_aurora",
        target="kinesis_stream",
        mode=Mode.DELIVERY,
        flow=Flow.ASYNC,
        verdict=Verdict.CONDITIONAL,
        label="Database activity stream",
        explanation="An encrypted record of every statement goes to a stream that RDS makes. It is for audit, not for "
        "changed rows.",
        conditions="Of the engines offered here, Aurora only. Changed rows need DMS.",
        authority=aws_docs("Database activity streams", _AURORA + "DBActivityStreams.html"),
        preferred=True,
        retries="In synchronous mode a statement waits until its record is safe; in asynchronous mode records can be "
        "lost.",
        delivery=BEST_EFFORT,
        ordering="Per shard",
        permission_side=PermissionSide.SERVICE_ROLE,
        permission="None of yours: RDS uses its service-linked role",
        cfn_resources=("AWS::RDS::DBCluster",),
        requirements=(_engine(*_AURORA_ENGINES, message="the engine has activity streams: Aurora"),),
    ),
    Connection(
        id="elasticache.lambda.keyspace_notification",
        source="elasticache",
        target="lambda",
        mode=Mode.EVENT_SOURCE_MAPPING,
        flow=Flow.POLL,
        verdict=Verdict.INVALID,
        label="Changed keys trigger the function",
        explanation="Lambda does not listen to a cache: nothing calls the function when keys change or expire.",
        conditions="Keyspace notifications reach only programs that stay connected with the cache.",
        authority=_MAPPINGS,
        alternative="Run a small subscriber in the VPC that calls the function, or send an event where the key is "
        "written.",
    ),
    Connection(
        id="elasticache.sns_standard.cluster_events",
        source="elasticache",
        target="sns_standard",
        mode=Mode.ASYNCHRONOUS,
        flow=Flow.ASYNC,
        verdict=Verdict.CONDITIONAL,
        label="Cluster events",
        explanation="The cluster publishes what happens to it, such as a failover. Never changed keys.",
        conditions="A topic of the same account is named in the cluster.",
        authority=aws_docs("Event notifications and Amazon SNS", "AmazonElastiCache/latest/dg/ECEvents.SNS.html"),
        preferred=True,
        retries="None that AWS documents.",
        delivery=BEST_EFFORT,
        ordering=UNORDERED,
        permission_side=PermissionSide.RESOURCE_POLICY,
        permission="sns:Publish",
        cfn_resources=("AWS::ElastiCache::ReplicationGroup",),
        requirements=(
            Requirement(
                End.SOURCE,
                "notification_topic",
                Comparison.ONE_OF,
                (True,),
                "the cluster names the topic",
                fix=True,
            ),
        ),
    ),
)
