"""The shape of one catalog entry: what Windtunnel knows about an AWS service.

Every figure carries a :class:`Source`. A figure nobody has published is marked
``estimate`` and shown as such wherever it appears.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

Value = str | int | float | bool | None
"""What a parameter of a node or an edge can hold in a design."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure or a statement comes from, as a reader can follow it."""

    title: str
    url: str = ""
    as_of: str = ""
    """Year or date (``2026``, ``2026-09``) at which the source was read."""
    estimate: bool = False
    """True when no published figure exists and ours is an estimate."""


class Kind(StrEnum):
    """How a parameter is edited and validated."""

    INTEGER = "integer"
    NUMBER = "number"
    CHOICE = "choice"
    BOOLEAN = "boolean"
    TEXT = "text"
    JSON = "json"


class Section(StrEnum):
    """Where the inspector shows a parameter."""

    SETTING = "setting"
    """A setting that exists in AWS and is exported to a template."""
    WORKLOAD = "workload"
    """What the person's own code or data does: drives the simulation only."""
    QUOTA = "quota"
    """An AWS quota of the account or the service that the person may have raised."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a parameter of kind :attr:`Kind.CHOICE`."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Shown:
    """When a setting applies: when another ``parameter`` of the thing has one of ``values``.

    Without values it has to be set: not empty, off or zero. The browser hides a setting that does not apply and that
    nobody has set.
    """

    parameter: str
    values: tuple[Value, ...] = ()

    def holds(self, value: Value) -> bool:
        """Whether it applies with this value of the other parameter (its default when it is not set)."""
        return value in self.values if self.values else bool(value)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing a person can set on a node or an edge.

    ``minimum`` and ``maximum`` are inclusive and in ``unit``. ``None`` as the
    default means "not set": the AWS behaviour without it is told by ``help``.
    """

    id: str
    label: str
    kind: Kind
    default: Value
    help: str
    source: Source
    unit: str = ""
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[Choice, ...] = ()
    section: Section = Section.SETTING
    adjustable: bool = False
    """True when AWS raises this limit on request."""
    beyond: str = ""
    """What happens in AWS when the limit is exceeded."""
    cfn_property: str = ""
    """Path of the CloudFormation property, e.g. ``VisibilityTimeout``."""
    botocore: str = ""
    """``service:Shape.Member`` whose min and max botocore states, for the cross-check test."""
    shown_when: Shown | None = None
    """None: the setting always applies."""
    headline: bool = False
    """True for the one or two parameters shown on the node's card."""


class Category(StrEnum):
    """Palette heading."""

    SOURCES = "Traffic"
    COMPUTE = "Compute"
    INTEGRATION = "Integration"
    STREAMS = "Streams"
    DATA = "Data"
    IDENTITY = "Identity and edge"
    NETWORK = "Network"
    CONTAINERS = "Containers"
    OPERATIONS = "Operations"
    OTHER = "Other"


@dataclass(frozen=True, slots=True)
class Limit:
    """A fixed limit of the service that is not a parameter, for help and rules."""

    id: str
    label: str
    value: float
    unit: str
    beyond: str
    source: Source
    adjustable: bool = False


@dataclass(frozen=True, slots=True)
class PriceRef:
    """A link from a service to its line in the rates file (see simulator.engine.pricing)."""

    rate: str
    label: str


@dataclass(frozen=True, slots=True)
class Modelled:
    """What the simulator does with the service, told to the person."""

    modelled: tuple[str, ...]
    estimated: tuple[str, ...] = ()
    not_modelled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """How a container is drawn and where it can lie: AWS's own group colours and lines."""

    colour: str
    """``#rrggbb`` of its border, in both themes."""
    dashed: bool = False
    parents: tuple[str, ...] = ()
    """Ids of the containers that it can lie in; any of them may be left out of a design."""
    width: float = 480.0
    height: float = 280.0
    """Size of a new one, in canvas pixels."""


@dataclass(frozen=True, slots=True)
class Service:
    """One palette entry.

    ``icon`` is a path inside the ``aws-icons`` package's ``icons/`` folder, without
    ``.svg``; an empty icon is drawn by the frontend (client, other).
    """

    id: str
    name: str
    label: str
    """The default label of a new node, e.g. ``function``."""
    category: Category
    summary: str
    icon: str
    source: Source
    parameters: tuple[Parameter, ...] = ()
    limits: tuple[Limit, ...] = ()
    prices: tuple[PriceRef, ...] = ()
    model: Modelled = Modelled(modelled=())
    cfn_types: tuple[str, ...] = ()
    """CloudFormation and SAM resource types that become a node of this service."""
    keywords: tuple[str, ...] = ()
    """Further words that the palette search finds the service by."""
    entry_point: bool = False
    """True when traffic can begin at a node of this service."""
    frame: Frame | None = None
    """Set for containers: they are drawn as frames around nodes, of the kind ``id``, never as cards."""

    def parameter(self, parameter_id: str) -> Parameter:
        """Return the parameter with this id; KeyError if the service has none."""
        for parameter in self.parameters:
            if parameter.id == parameter_id:
                return parameter
        raise KeyError(f"{self.id} has no parameter {parameter_id!r}")

    def limit(self, limit_id: str) -> Limit:
        """Return the limit with this id; KeyError if the service has none."""
        for limit in self.limits:
            if limit.id == limit_id:
                return limit
        raise KeyError(f"{self.id} has no limit {limit_id!r}")


UNKNOWN_SERVICE: Final = "other"
"""Service id of a node whose AWS resource type the catalog does not know yet."""
