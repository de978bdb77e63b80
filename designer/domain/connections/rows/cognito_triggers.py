"""Which functions a user pool calls while somebody signs up or signs in."""

from __future__ import annotations

from typing import Final

from designer.domain.catalog.sources import COGNITO_TRIGGERS, service_model
from designer.domain.catalog.spec import Choice, Kind, Parameter, Value
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
from designer.domain.connections.wording import AT_LEAST_ONCE, LAMBDA_ASYNC_RETRIES, UNORDERED

_FIVE_SECONDS: Final = "It has 5 s for its answer and is tried up to three times; an error stops what the person does."

_TOKEN_VERSION: Final = Parameter(
    id="token_version",
    label="Event version",
    kind=Kind.CHOICE,
    default="V1_0",
    choices=(
        Choice("V1_0", "1: ID token"),
        Choice("V2_0", "2: ID and access token"),
        Choice("V3_0", "3: also tokens for machines"),
    ),
    help="Which tokens the function may change. Versions 2 and 3 need the Essentials or Plus plan.",
    source=service_model("cognito-idp", "CreateUserPool.LambdaConfig.PreTokenGenerationConfig"),
    cfn_property="LambdaConfig.PreTokenGenerationConfig.LambdaVersion",
)


def _needs(parameter: str, value: Value, message: str, *others: Value) -> Requirement:
    return Requirement(End.SOURCE, parameter, Comparison.ONE_OF, (value, *others), message, fix=value)


_CUSTOM_FLOW: Final = _needs("auth_flow", "custom", "the app client allows custom challenges", "user_srp")
_SENDER_KEY: Final = _needs("custom_sender_key", True, "the pool has a KMS key with which it encrypts the codes")  # noqa: FBT003


def _trigger(
    mechanism: str,
    label: str,
    explanation: str,
    *,
    preferred: bool = False,
    conditions: str = "",
    requirements: tuple[Requirement, ...] = (),
    parameters: tuple[Parameter, ...] = (),
) -> Connection:
    """A trigger whose answer the pool waits for."""
    return Connection(
        id=f"cognito_user_pool.lambda.{mechanism}",
        source="cognito_user_pool",
        target="lambda",
        mode=Mode.TRIGGER,
        flow=Flow.SYNC,
        verdict=Verdict.VALID,
        label=label,
        explanation=explanation,
        conditions=f"{_FIVE_SECONDS} {conditions}".strip(),
        authority=COGNITO_TRIGGERS,
        preferred=preferred,
        retries="Cognito tries up to three times within the call; there is no dead-letter queue.",
        delivery=AT_LEAST_ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.RESOURCE_POLICY,
        permission="lambda:InvokeFunction for cognito-idp.amazonaws.com, with the user pool's ARN as the source",
        cfn_resources=("AWS::Cognito::UserPool", "AWS::Lambda::Permission"),
        requirements=requirements,
        parameters=parameters,
    )


def _sender(mechanism: str, label: str, what: str) -> Connection:
    """A function that sends codes itself: the only triggers that nobody waits for."""
    return Connection(
        id=f"cognito_user_pool.lambda.{mechanism}",
        source="cognito_user_pool",
        target="lambda",
        mode=Mode.TRIGGER,
        flow=Flow.ASYNC,
        verdict=Verdict.VALID,
        label=label,
        explanation=f"Cognito hands the encrypted code to the function, which sends the {what} itself. The person's "
        "request does not wait for it.",
        conditions="The pool needs a KMS key of yours, and the function may decrypt with it.",
        authority=COGNITO_TRIGGERS,
        retries=LAMBDA_ASYNC_RETRIES,
        delivery=AT_LEAST_ONCE,
        ordering=UNORDERED,
        permission_side=PermissionSide.RESOURCE_POLICY,
        permission="lambda:InvokeFunction for cognito-idp.amazonaws.com, with the user pool's ARN as the source",
        cfn_resources=("AWS::Cognito::UserPool", "AWS::KMS::Key", "AWS::Lambda::Permission"),
        requirements=(_SENDER_KEY,),
    )


CONNECTIONS = (
    _trigger(
        "post_confirmation",
        "After confirmation",
        "Called once somebody has confirmed the account: the place to write a profile or to greet.",
        preferred=True,
    ),
    _trigger(
        "pre_sign_up", "Before sign-up", "Called when somebody registers; it may refuse, or confirm without a code."
    ),
    _trigger(
        "pre_authentication", "Before sign-in", "Called with each sign-in before the password counts; may refuse."
    ),
    _trigger("post_authentication", "After sign-in", "Called after each successful sign-in, e.g. for a record of it."),
    _trigger(
        "pre_token_generation",
        "Before the token",
        "Called before tokens are made, refreshed ones included; it adds or takes away claims and scopes.",
        conditions="The access token can be changed with event version 2 or 3, which the Lite plan does not have.",
        parameters=(_TOKEN_VERSION,),
    ),
    _trigger("custom_message", "Text of a message", "Called before Cognito sends a code; it writes the text."),
    _trigger(
        "user_migration",
        "User migration",
        "Called when an unknown person signs in; it checks the password against the old directory and brings the user "
        "over.",
        conditions="The password has to reach the function, so the app client must not use SRP.",
        requirements=(_needs("auth_flow", "user_password", "the app client sends the password (not SRP)"),),
    ),
    _trigger(
        "define_auth_challenge",
        "Custom sign-in: next step",
        "Called at each step of a custom sign-in; it names the next challenge, or ends with success or failure.",
        conditions="Works together with the functions that make and that check the challenge.",
        requirements=(_CUSTOM_FLOW,),
    ),
    _trigger(
        "create_auth_challenge",
        "Custom sign-in: make the challenge",
        "Called to make the challenge, e.g. a code that it sends, and the answer that is expected.",
        conditions="Works together with the functions that name the next step and that check the answer.",
        requirements=(_CUSTOM_FLOW,),
    ),
    _trigger(
        "verify_auth_challenge",
        "Custom sign-in: check the answer",
        "Called with the person's answer; it says whether it is right.",
        conditions="Works together with the functions that name the next step and that make the challenge.",
        requirements=(_CUSTOM_FLOW,),
    ),
    _trigger(
        "inbound_federation",
        "Federated sign-in",
        "Called when somebody comes through another identity provider; it changes the attributes that came along.",
    ),
    _sender("custom_sms_sender", "Send text messages", "text message"),
    _sender("custom_email_sender", "Send e-mail", "e-mail"),
)
