"""AWS services that do not read the token of a user pool."""

from __future__ import annotations

from typing import Final

from designer.domain.catalog.sources import aws_docs, service_model
from designer.domain.connections.spec import Bridge, Connection, Flow, Mode, Verdict

_NO_JWT: Final = (
    "The token of a user pool (JWT) opens no AWS service: AWS services take requests signed with AWS credentials."
)


def _no_jwt(target: str, mechanism: str, second: str, what: str, instead: str) -> Connection:
    """A service that cannot read a token; an identity pool turns the token into credentials for it."""
    return Connection(
        id=f"cognito_user_pool.{target}.{mechanism}",
        source="cognito_user_pool",
        target=target,
        mode=Mode.AUTHORIZER,
        flow=Flow.SYNC,
        verdict=Verdict.INVALID,
        label=what,
        explanation=f"{_NO_JWT} Nor does a user pool send anything itself, except to the functions that are its "
        "triggers.",
        conditions="A user pool hands out tokens, not AWS credentials.",
        authority=aws_docs("Common Amazon Cognito scenarios", "cognito/latest/developerguide/cognito-scenarios.html"),
        alternative=f"Let an identity pool exchange the token for temporary credentials, or put an API in front. "
        f"{instead}".strip(),
        bridge=Bridge(
            "cognito_identity_pool",
            "Insert an identity pool",
            "cognito_user_pool.cognito_identity_pool.provider",
            second,
        ),
    )


CONNECTIONS = (
    _no_jwt(
        "sqs_standard",
        "event",
        "cognito_identity_pool.sqs_standard.credentials",
        "Send a message",
        "To send a message about a sign-up, use a trigger function.",
    ),
    _no_jwt(
        "dynamodb",
        "event",
        "cognito_identity_pool.dynamodb.credentials",
        "Write an item",
        "To write an item about a new user, use a trigger function after confirmation.",
    ),
    _no_jwt(
        "step_functions_standard",
        "event",
        "cognito_identity_pool.step_functions_standard.credentials",
        "Start a workflow",
        "To start a workflow for a new user, use a trigger function.",
    ),
    _no_jwt("s3", "jwt", "cognito_identity_pool.s3.credentials", "Open a bucket", ""),
    _no_jwt("sns_standard", "jwt", "cognito_identity_pool.sns_standard.credentials", "Publish", ""),
    _no_jwt("eventbridge_bus", "jwt", "cognito_identity_pool.eventbridge_bus.credentials", "Put events", ""),
    _no_jwt("kinesis_stream", "jwt", "cognito_identity_pool.kinesis_stream.credentials", "Put records", ""),
    _no_jwt(
        "step_functions_express",
        "jwt",
        "cognito_identity_pool.step_functions_express.credentials",
        "Run a workflow",
        "",
    ),
    Connection(
        id="cognito_user_pool.api_gateway_rest.event",
        source="cognito_user_pool",
        target="api_gateway_rest",
        mode=Mode.TRIGGER,
        flow=Flow.SYNC,
        verdict=Verdict.INVALID,
        label="Trigger at an API",
        explanation="A user pool calls functions only, never an address.",
        conditions="All triggers of a user pool are Lambda functions.",
        authority=service_model("cognito-idp", "CreateUserPool.LambdaConfig"),
        drawable=False,
        alternative="Let a trigger function call the API.",
    ),
)
