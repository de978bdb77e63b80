"""The shape of one row of the connection table: what an arrow between two services means."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from designer.domain.catalog.spec import Parameter, Source


class Mode(StrEnum):
    """The kind of mechanism behind an edge."""

    SYNCHRONOUS = "synchronous"
    ASYNCHRONOUS = "asynchronous"
    EVENT_SOURCE_MAPPING = "event_source_mapping"
    SUBSCRIPTION = "subscription"
    RULE_TARGET = "rule_target"
    PIPE = "pipe"
    INTEGRATION = "integration"
    DELIVERY = "delivery"
    TRIGGER = "trigger"
    AUTHORIZER = "authorizer"
    FAILURE = "failure"


class Flow(StrEnum):
    """How a call travels: drives the drawing and the simulation."""

    SYNC = "sync"
    """The caller waits for the answer."""
    ASYNC = "async"
    """Handed over; the caller goes on."""
    POLL = "poll"
    """The reader fetches; nothing is pushed."""
    JOB = "job"
    """Step Functions ``.sync``: waits until the started job ends."""
    CALLBACK = "callback"
    """Step Functions ``.waitForTaskToken``: waits until somebody answers with the token."""


class Verdict(StrEnum):
    """Whether AWS offers the connection."""

    VALID = "valid"
    CONDITIONAL = "conditional"
    """Works when what ``conditions`` says holds."""
    INVALID = "invalid"
    """AWS has no such mechanism; ``conditions`` says why and ``alternative`` what works."""


class PermissionSide(StrEnum):
    """Which policy has to allow the call."""

    NONE = "none"
    EXECUTION_ROLE = "execution_role"
    RESOURCE_POLICY = "resource_policy"
    SERVICE_ROLE = "service_role"


@dataclass(frozen=True, slots=True)
class Bridge:
    """A standard component that makes a refused connection possible: source -> service -> target.

    ``first`` and ``second`` are the ids of the connections on its two sides.
    """

    service: str
    label: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Connection:
    """One way in which ``source`` reaches ``target``.

    The id is ``source.target.mechanism`` with the mechanism in snake case, for instance
    ``s3.lambda.event_notification``; it is never reused. For invalid rows ``flow`` and ``mode``
    say what the person would have meant.
    """

    id: str
    source: str
    target: str
    mode: Mode
    flow: Flow
    verdict: Verdict
    label: str
    """Short name of the mechanism, e.g. ``Event notification``."""
    explanation: str
    """One or two sentences: what happens at run time, who waits, who polls."""
    conditions: str
    authority: Source
    preferred: bool = False
    """True for the row taken when a person simply draws the arrow (one per pair at most)."""
    drawable: bool = True
    """False for rows that describe a wrong setting rather than a wrong arrow (a rule checks it)."""
    alternative: str = ""
    bridge: Bridge | None = None
    poller: str = ""
    """Who fetches, for the flow ``poll``."""
    retries: str = ""
    """Who retries, how often, and where a failure ends up."""
    delivery: str = ""
    ordering: str = ""
    permission_side: PermissionSide = PermissionSide.NONE
    permission: str = ""
    """Statement or action that has to be allowed."""
    cfn_resources: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    """What a person can set on the edge (batch size, filter, share of the traffic ...)."""

    @property
    def usable(self) -> bool:
        """True when the row may be given to an edge without an error finding."""
        return self.verdict is not Verdict.INVALID
