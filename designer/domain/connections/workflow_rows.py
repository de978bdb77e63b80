"""How a state machine reaches other services: the rows of Standard and Express workflows, made alike.

Both kinds call the same services and differ in three things: only Standard workflows wait for a job
(``.sync``) or for a callback (``.waitForTaskToken``), and only they tell EventBridge how they ended.
"""

from __future__ import annotations

from typing import Final

from designer.domain.catalog.sources import aws_docs, service_model
from designer.domain.catalog.spec import Parameter, Source
from designer.domain.catalog.workflow_parameters import STATES_GUIDE
from designer.domain.connections.spec import Bridge, Connection, Flow, Mode, PermissionSide, Requirement, Verdict
from designer.domain.connections.wording import UNORDERED
from designer.domain.connections.workflow_parameters import (
    ANSWER_AFTER_S,
    FIFO_GROUP,
    GROUP_GIVEN,
)

STANDARD: Final = "step_functions_standard"
EXPRESS: Final = "step_functions_express"

OPTIMIZED: Final = aws_docs(
    "Integrating optimized services with Step Functions", STATES_GUIDE + "integrate-optimized.html"
)
SDK: Final = aws_docs("Learning to use AWS service SDK integrations", STATES_GUIDE + "supported-services-awssdk.html")
NESTED: Final = aws_docs("Start workflows from a running execution", STATES_GUIDE + "connect-stepfunctions.html")

_RETRIES: Final = (
    "What the state's Retry says, with its pauses; then its Catch decides, or the execution fails. There is no "
    "dead-letter queue: let a Catch lead to a state that sends one a message."
)
SMALL: Final = "Input and result of the state up to 256 KiB."
_WAITS: Final = (
    "Give the state a TimeoutSeconds or HeartbeatSeconds: without one it waits for as long as an execution may last."
)


def task(
    source: str,
    to: str,
    label: str,
    explanation: str,
    permission: str,
    *,
    flow: Flow = Flow.SYNC,
    mode: Mode = Mode.INTEGRATION,
    conditions: str = SMALL,
    authority: Source = OPTIMIZED,
    preferred: bool = False,
    verdict: Verdict = Verdict.VALID,
    requirements: tuple[Requirement, ...] = (),
    parameters: tuple[Parameter, ...] = (),
    ordering: str = UNORDERED,
) -> Connection:
    """A row for a Task state: an API that the state machine calls with its role. ``to`` is target and mechanism."""
    return Connection(
        id=f"{source}.{to}",
        source=source,
        target=to.partition(".")[0],
        mode=mode,
        flow=flow,
        verdict=verdict,
        label=label,
        explanation=explanation,
        conditions=conditions,
        authority=authority,
        preferred=preferred,
        retries=_RETRIES,
        delivery="Once per attempt of the state" if source == STANDARD else "At least once: an execution may run again",
        ordering=ordering,
        permission_side=PermissionSide.SERVICE_ROLE,
        permission=f"{permission} in the state machine's role",
        cfn_resources=("AWS::StepFunctions::StateMachine", "AWS::IAM::Role"),
        requirements=requirements,
        parameters=parameters,
    )


def callback(source: str, to: str, label: str, hands: str, permission: str) -> Connection:
    """A row for a task that waits until somebody sends its token back."""
    return task(
        source,
        f"{to}_callback",
        f"{label}, wait for a callback",
        f"{hands} The execution waits until somebody calls SendTaskSuccess or SendTaskFailure with the token.",
        permission,
        flow=Flow.CALLBACK,
        mode=Mode.SYNCHRONOUS if to.startswith("lambda.") else Mode.INTEGRATION,
        conditions=_WAITS,
        parameters=(ANSWER_AFTER_S,),
    )


def refused(
    source: str,
    to: str,
    label: str,
    explanation: str,
    *,
    conditions: str,
    alternative: str,
    flow: Flow,
    mode: Mode = Mode.INTEGRATION,
    authority: Source = OPTIMIZED,
    bridge: Bridge | None = None,
) -> Connection:
    """A row for what a state machine cannot do; without a bridge it is a wrong setting, not a wrong arrow."""
    return Connection(
        id=f"{source}.{to}",
        source=source,
        target=to.partition(".")[0],
        mode=mode,
        flow=flow,
        verdict=Verdict.INVALID,
        label=label,
        explanation=explanation,
        conditions=conditions,
        authority=authority,
        drawable=bridge is not None,
        alternative=alternative,
        bridge=bridge,
    )


def to_group(source: str, to: str, label: str, permission: str) -> Connection:
    """A task that sends to a FIFO queue or topic, which demand a message group."""
    return task(
        source,
        to,
        label,
        "The state sends a message to its message group and goes on.",
        permission,
        flow=Flow.ASYNC,
        verdict=Verdict.CONDITIONAL,
        conditions="The call gives a MessageGroupId, and a MessageDeduplicationId unless it is found by the content.",
        authority=service_model("sqs", "SendMessage.MessageGroupId")
        if to.startswith("sqs_fifo.")
        else service_model("sns", "Publish.MessageGroupId"),
        requirements=(GROUP_GIVEN,),
        parameters=(FIFO_GROUP,),
        ordering="Kept within each message group, for states that follow one another",
        preferred=True,
    )
