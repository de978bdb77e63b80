"""What the credentials of an identity pool open."""

from __future__ import annotations

from typing import Final

from designer.domain.catalog.sources import COGNITO_TRIGGERS, IDENTITY_POOLS, aws_docs, service_model
from designer.domain.catalog.spec import Choice, Kind, Parameter
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
from designer.domain.connections.wording import ONCE, SDK_RETRIES, UNORDERED

_ROLE: Final = Parameter(
    id="pool_role",
    label="Allowed for",
    kind=Kind.CHOICE,
    default="authenticated",
    choices=(
        Choice("authenticated", "Signed-in callers"),
        Choice("unauthenticated", "Guests"),
        Choice("both", "Both"),
    ),
    help="Which role of the identity pool allows it. What guests may do, everybody on the internet may do.",
    source=aws_docs("IAM roles", "cognito/latest/developerguide/iam-roles.html"),
    cfn_property="IdentityPoolRoleAttachment.Roles",
    headline=True,
)


def _credentials(
    target: str,
    permission: str,
    narrowed: str,
    *,
    verdict: Verdict = Verdict.VALID,
    requirement: Requirement | None = None,
) -> Connection:
    """The caller signs its requests with the pool's credentials and calls the service itself."""
    return Connection(
        id=f"cognito_identity_pool.{target}.credentials",
        source="cognito_identity_pool",
        target=target,
        mode=Mode.AUTHORIZER,
        flow=Flow.SYNC,
        verdict=verdict,
        label="Temporary credentials",
        explanation="The caller gets credentials of the pool's role and calls the service itself with signed requests.",
        conditions=narrowed,
        authority=IDENTITY_POOLS,
        preferred=True,
        retries=SDK_RETRIES,
        delivery=ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.EXECUTION_ROLE,
        permission=f"{permission} on the identity pool's role",
        cfn_resources=("AWS::Cognito::IdentityPool", "AWS::Cognito::IdentityPoolRoleAttachment"),
        requirements=() if requirement is None else (requirement,),
        parameters=(_ROLE,),
    )


_SIGNED: Final = Requirement(
    End.TARGET, "authorization", Comparison.ONE_OF, ("iam",), "the API asks for signed requests (IAM)", fix="iam"
)
_NARROW: Final = "The role should allow this one resource and the actions that the client needs, and no more."

CONNECTIONS = (
    _credentials(
        "s3",
        "s3:GetObject and s3:PutObject",
        "Narrow the role to keys that begin with the caller's identity id: ${cognito-identity.amazonaws.com:sub}.",
        verdict=Verdict.CONDITIONAL,
    ),
    _credentials(
        "api_gateway_rest",
        "execute-api:Invoke",
        "The API's methods use IAM authorization.",
        verdict=Verdict.CONDITIONAL,
        requirement=_SIGNED,
    ),
    _credentials(
        "api_gateway_http", "execute-api:Invoke", "The API's routes use IAM authorization.", requirement=_SIGNED
    ),
    _credentials(
        "dynamodb",
        "dynamodb:GetItem, dynamodb:Query, dynamodb:PutItem and dynamodb:UpdateItem",
        "Narrow the role to the caller's own items: dynamodb:LeadingKeys equal to the identity id.",
    ),
    _credentials("lambda", "lambda:InvokeFunction", _NARROW),
    _credentials("sqs_standard", "sqs:SendMessage", _NARROW),
    _credentials("sns_standard", "sns:Publish", _NARROW),
    _credentials("eventbridge_bus", "events:PutEvents", _NARROW),
    _credentials("kinesis_stream", "kinesis:PutRecord and kinesis:PutRecords", _NARROW),
    _credentials("firehose", "firehose:PutRecord and firehose:PutRecordBatch", _NARROW),
    _credentials("step_functions_standard", "states:StartExecution", _NARROW),
    _credentials("step_functions_express", "states:StartSyncExecution", _NARROW),
    Connection(
        id="cognito_identity_pool.api_gateway_rest.user_pool_authorizer",
        source="cognito_identity_pool",
        target="api_gateway_rest",
        mode=Mode.AUTHORIZER,
        flow=Flow.SYNC,
        verdict=Verdict.INVALID,
        label="User pool authorizer with an identity pool",
        explanation="An identity pool hands out AWS credentials, no tokens that a user pool authorizer could read.",
        conditions="A COGNITO_USER_POOLS authorizer takes the ARN of a user pool.",
        authority=service_model("apigateway", "CreateAuthorizer.type"),
        drawable=False,
        alternative="Use IAM authorization with the identity pool's credentials, or a user pool.",
    ),
    Connection(
        id="cognito_identity_pool.lambda.trigger",
        source="cognito_identity_pool",
        target="lambda",
        mode=Mode.TRIGGER,
        flow=Flow.SYNC,
        verdict=Verdict.INVALID,
        label="Trigger of an identity pool",
        explanation="The events of an identity pool belong to Cognito Sync, which AWS no longer offers to new users.",
        conditions="Only user pools have triggers.",
        authority=COGNITO_TRIGGERS,
        drawable=False,
        alternative="Use a trigger of the user pool.",
    ),
)
