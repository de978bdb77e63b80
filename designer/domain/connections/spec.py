"""The shape of one row of the connection table: what an arrow between two services means."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from designer.domain.catalog.spec import Parameter, Source, Value


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


class End(StrEnum):
    """Whose setting a requirement looks at."""

    SOURCE = "source"
    TARGET = "target"
    EDGE = "edge"


class Comparison(StrEnum):
    """How a requirement compares the setting with its ``values``."""

    ONE_OF = "one_of"
    NONE_OF = "none_of"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    IS_SET = "is_set"
    """Has a value that is neither null nor an empty text; ``values`` is empty."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """A setting without which a connection does not work, as data that Python and the browser decide alike.

    ``parameter`` is an id of the end's catalog entry, or of the row's own parameters for
    :attr:`End.EDGE`. The parameter ``in_vpc`` also holds for a node that lies inside a frame of kind vpc or
    subnet. ``message`` completes "... works only when"; ``fix`` is the value that one click sets.
    """

    end: End
    parameter: str
    comparison: Comparison
    values: tuple[Value, ...]
    message: str
    fix: Value = None
    certain: bool = True
    """False where AWS changed lately or sources disagree: a warning instead of an error."""


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
    """What has to be allowed, in words. Actions are written ``sqs:SendMessage`` and callers ``sns.amazonaws.com``:
    :mod:`designer.domain.connections.permissions` reads policies from them."""
    cfn_resources: tuple[str, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    """Settings at its ends without which it does not work."""
    parameters: tuple[Parameter, ...] = ()
    """What a person can set on the edge (batch size, filter, share of the traffic ...)."""

    @property
    def usable(self) -> bool:
        """True when the row may be given to an edge without an error finding."""
        return self.verdict is not Verdict.INVALID
