"""What a person can set on the edges of state machines."""

from __future__ import annotations

from typing import Final

from designer.domain.catalog.sources import aws_docs, service_model, workload
from designer.domain.catalog.spec import Choice, Kind, Parameter, Section
from designer.domain.catalog.workflow_parameters import STATES_GUIDE
from designer.domain.connections.spec import Comparison, End, Requirement

_API_CALLS: Final = aws_docs("Create API Gateway REST and HTTP calls", STATES_GUIDE + "connect-api-gateway.html")

TABLE_ACTION: Final = Parameter(
    id="action",
    label="Action",
    kind=Kind.CHOICE,
    default="PutItem",
    choices=tuple(Choice(action, action) for action in ("GetItem", "PutItem", "UpdateItem", "DeleteItem")),
    help="The DynamoDB call of the state. These four have an integration of their own; others go through the AWS SDK.",
    source=aws_docs("Perform DynamoDB CRUD operations with Step Functions", STATES_GUIDE + "connect-ddb.html"),
    cfn_property="DefinitionString",
    headline=True,
)

SDK_ACTION: Final = Parameter(
    id="action",
    label="Action",
    kind=Kind.TEXT,
    default="Query",
    help="The API action that the state calls, as the SDK names it with a capital letter, e.g. Query.",
    source=aws_docs("Learning to use AWS service SDK integrations", STATES_GUIDE + "supported-services-awssdk.html"),
    cfn_property="DefinitionString",
    headline=True,
)


def sdk_action(default: str) -> Parameter:
    """The action of a service of which another one is usual."""
    return Parameter(
        id=SDK_ACTION.id,
        label=SDK_ACTION.label,
        kind=SDK_ACTION.kind,
        default=default,
        help=SDK_ACTION.help.replace("Query", default),
        source=SDK_ACTION.source,
        cfn_property=SDK_ACTION.cfn_property,
        headline=True,
    )


ANSWER_AFTER_S: Final = Parameter(
    id="answer_after_s",
    label="Callback after",
    kind=Kind.NUMBER,
    default=5,
    unit="s",
    minimum=0,
    maximum=31_536_000,
    help="How long it takes in a run until somebody sends the task token back.",
    source=workload("who answers, a program or a person"),
    section=Section.WORKLOAD,
)

API_AUTHORIZATION: Final = Parameter(
    id="auth_type",
    label="Authorization",
    kind=Kind.CHOICE,
    default="NO_AUTH",
    choices=(
        Choice("NO_AUTH", "None"),
        Choice("IAM_ROLE", "IAM role of the state machine"),
        Choice("RESOURCE_POLICY", "Resource policy of the API"),
    ),
    help="How the call proves who makes it. An API that asks for IAM or has a resource policy refuses others.",
    source=_API_CALLS,
    cfn_property="DefinitionString",
)

NO_RESOURCE_POLICY: Final = Requirement(
    End.EDGE,
    "auth_type",
    Comparison.NONE_OF,
    ("RESOURCE_POLICY",),
    "the call is authorized by IAM or not at all, because HTTP APIs have no resource policies",
    fix="IAM_ROLE",
)

SIGNED: Final = Requirement(
    End.EDGE,
    "auth_type",
    Comparison.ONE_OF,
    ("IAM_ROLE",),
    "the call is signed with the state machine's role",
    fix="IAM_ROLE",
    certain=False,
)

LOGGED: Final = Requirement(
    End.SOURCE,
    "log_level",
    Comparison.NONE_OF,
    ("OFF",),
    "the workflow's log level is not off",
    fix="ERROR",
)

TRACED: Final = Requirement(
    End.SOURCE,
    "xray_tracing",
    Comparison.ONE_OF,
    (True,),
    "X-Ray tracing of the workflow is on",
    fix=True,
)

FIFO_GROUP: Final = Parameter(
    id="message_group",
    label="Message group",
    kind=Kind.TEXT,
    default="$.id",
    help="Where the state takes MessageGroupId from. Messages of one group keep their order.",
    source=service_model("sqs", "SendMessage.MessageGroupId"),
    cfn_property="DefinitionString",
)

GROUP_GIVEN: Final = Requirement(
    End.EDGE,
    "message_group",
    Comparison.IS_SET,
    (),
    "the state says which message group a message belongs to",
    fix="$.id",
)
