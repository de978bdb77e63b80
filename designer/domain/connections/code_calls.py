"""The shape of what a function's own code calls through an AWS SDK."""

from __future__ import annotations

from typing import Final

from designer.domain.catalog.spec import Parameter, Source
from designer.domain.connections.parameters import CALLS_PER_REQUEST
from designer.domain.connections.spec import Connection, Flow, Mode, PermissionSide, Requirement, Verdict
from designer.domain.connections.wording import AT_LEAST_ONCE, SDK_RETRIES, UNORDERED

_ROLE: Final = ("AWS::Lambda::Function", "AWS::IAM::Role")


def code_call(
    target: str,
    mechanism: str,
    *,
    label: str,
    explanation: str,
    conditions: str,
    permission: str,
    authority: Source,
    flow: Flow = Flow.SYNC,
    verdict: Verdict = Verdict.VALID,
    preferred: bool = True,
    retries: str = SDK_RETRIES,
    ordering: str = UNORDERED,
    requirements: tuple[Requirement, ...] = (),
    parameters: tuple[Parameter, ...] = (),
) -> Connection:
    """The row of a call that a function's code makes with its execution role."""
    return Connection(
        id=f"lambda.{target}.{mechanism}",
        source="lambda",
        target=target,
        mode=Mode.ASYNCHRONOUS if flow is Flow.ASYNC else Mode.SYNCHRONOUS,
        flow=flow,
        verdict=verdict,
        label=label,
        explanation=explanation,
        conditions=conditions,
        authority=authority,
        preferred=preferred,
        retries=retries,
        delivery=AT_LEAST_ONCE,
        ordering=ordering,
        permission_side=PermissionSide.EXECUTION_ROLE,
        permission=permission,
        cfn_resources=_ROLE,
        requirements=requirements,
        parameters=(CALLS_PER_REQUEST, *parameters),
    )
