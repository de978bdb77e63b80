"""What a person can set on what EventBridge and AWS IoT deliver, and what that requires."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from designer.domain.catalog.sources import aws_docs, service_model
from designer.domain.catalog.spec import Choice, Kind, Parameter
from designer.domain.connections.parameters import TARGET_PARAMETERS
from designer.domain.connections.spec import Comparison, End, Requirement

MESSAGE_GROUP_ID: Final = Parameter(
    id="message_group_id",
    label="Message group",
    kind=Kind.TEXT,
    default=None,
    help="The group that every message gets, or a path into the event such as $.detail.customer. Order is kept within "
    "a group.",
    source=service_model("events", "PutTargets.SqsParameters"),
    cfn_property="SqsParameters.MessageGroupId",
    headline=True,
)

NEEDS_GROUP_ID: Final = Requirement(
    End.EDGE, "message_group_id", Comparison.IS_SET, (), "the connection names a message group", fix="events"
)

PARTITION_KEY: Final = Parameter(
    id="partition_key",
    label="Partition key",
    kind=Kind.TEXT,
    default=None,
    help="Which shard a record goes to: a constant, which fills one shard, or a path into the event such as "
    "$.detail.customer.",
    source=service_model("kinesis", "PutRecord.PartitionKey"),
    cfn_property="KinesisParameters.PartitionKey",
    headline=True,
)

NEEDS_PARTITION_KEY: Final = Requirement(
    End.EDGE, "partition_key", Comparison.IS_SET, (), "the connection names a partition key", fix="key"
)

EVENT_NAMES: Final[tuple[Parameter, ...]] = (
    Parameter(
        id="source_name",
        label="Source",
        kind=Kind.TEXT,
        default=None,
        help="The field source of the event that arrives on the bus, e.g. shop.schedules.",
        source=service_model("scheduler", "CreateSchedule.Target.EventBridgeParameters"),
        cfn_property="Target.EventBridgeParameters.Source",
    ),
    Parameter(
        id="detail_type",
        label="Detail type",
        kind=Kind.TEXT,
        default=None,
        help="The field detail-type of the event that arrives on the bus, e.g. Night has come.",
        source=service_model("scheduler", "CreateSchedule.Target.EventBridgeParameters"),
        cfn_property="Target.EventBridgeParameters.DetailType",
    ),
)

NEEDS_EVENT_NAMES: Final[tuple[Requirement, ...]] = (
    Requirement(
        End.EDGE, "source_name", Comparison.IS_SET, (), "the schedule gives the event a source", fix="schedules"
    ),
    Requirement(
        End.EDGE, "detail_type", Comparison.IS_SET, (), "the schedule gives the event a detail type", fix="Scheduled"
    ),
)

CONTENT_BASED_DEDUPLICATION: Final = Requirement(
    End.TARGET,
    "content_based_deduplication",
    Comparison.ONE_OF,
    (True,),
    "the queue deduplicates by content",
    fix=True,
)

DIRECT_PUT: Final = Requirement(
    End.TARGET,
    "source_type",
    Comparison.ONE_OF,
    ("DirectPut",),
    "the delivery stream takes records by Direct PUT",
    fix="DirectPut",
)

HTTPS: Final = Requirement(
    End.TARGET, "https", Comparison.ONE_OF, (True,), "the endpoint answers on HTTPS with a valid certificate", fix=True
)

API_DESTINATION_RATE: Final = Parameter(
    id="invocation_rate_per_s",
    label="Rate limit",
    kind=Kind.INTEGER,
    default=300,
    unit="/s",
    minimum=1,
    maximum=300,
    help="How many calls a second EventBridge makes at most. Set what the endpoint can take.",
    source=aws_docs("API destinations as targets", "eventbridge/latest/userguide/eb-api-destinations.html"),
    adjustable=True,
    beyond="Calls wait; an event that gets too old goes to the dead-letter queue, or is lost.",
    cfn_property="InvocationRateLimitPerSecond",
    botocore="events:CreateApiDestinationRequest.InvocationRateLimitPerSecond",
)

SCHEDULER_TARGET_PARAMETERS: Final[tuple[Parameter, ...]] = tuple(
    replace(
        parameter,
        help=parameter.help.replace("EventBridge", "Scheduler").replace("an event", "a call"),
        source=service_model("scheduler", "CreateSchedule.Target.RetryPolicy"),
        beyond="The call goes to the dead-letter queue, or is lost.",
        cfn_property=parameter.cfn_property.replace("Targets.", "Target."),
        botocore=parameter.botocore.replace("events:", "scheduler:"),
    )
    for parameter in TARGET_PARAMETERS
)

SCHEDULED_WRITE: Final = Parameter(
    id="action",
    label="Action",
    kind=Kind.CHOICE,
    default="PutItem",
    choices=tuple(
        Choice(action, action) for action in ("PutItem", "UpdateItem", "DeleteItem", "GetItem", "Query", "Scan")
    ),
    help="The DynamoDB call. Scheduler refuses calls that only read.",
    source=aws_docs(
        "Universal targets in EventBridge Scheduler", "scheduler/latest/UserGuide/managing-targets-universal.html"
    ),
    cfn_property="Target.Arn",
)

WRITES_ONLY: Final = Requirement(
    End.EDGE,
    "action",
    Comparison.NONE_OF,
    ("GetItem", "Query", "Scan"),
    "the call changes something: Scheduler makes no calls that read",
    fix="PutItem",
)

DATABASE_COMMAND: Final = Parameter(
    id="action",
    label="Action",
    kind=Kind.CHOICE,
    default="StopDBCluster",
    choices=tuple(
        Choice(action, action)
        for action in ("StartDBCluster", "StopDBCluster", "StartDBInstance", "StopDBInstance", "RebootDBInstance")
    ),
    help="The call to the RDS control plane, for instance to stop a test database at night.",
    source=aws_docs(
        "Universal targets in EventBridge Scheduler", "scheduler/latest/UserGuide/managing-targets-universal.html"
    ),
    cfn_property="Target.Arn",
)

VPC_DESTINATION: Final = Parameter(
    id="vpc_destination",
    label="VPC destination",
    kind=Kind.BOOLEAN,
    default=False,
    help="AWS IoT has network interfaces in the cluster's VPC, through which the action reaches the brokers.",
    source=service_model("iot", "TopicRulePayload.actions"),
    cfn_property="TopicRulePayload.Actions.Kafka.DestinationArn",
)

NEEDS_VPC_DESTINATION: Final = Requirement(
    End.EDGE, "vpc_destination", Comparison.ONE_OF, (True,), "the action has a VPC destination", fix=True
)
