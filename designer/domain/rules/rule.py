"""What a rule and a finding are.

A rule is a function decorated with :func:`rule` in a module of
:mod:`designer.domain.rules.checks`; it yields findings and changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from designer.domain.catalog.spec import Source
    from designer.domain.graph.model import Design, Edge, Node
    from designer.domain.graph.operations import Operation


class Severity(StrEnum):
    """How bad a finding is: an error does not work in AWS, a warning will hurt, advice can wait."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


class SubjectKind(StrEnum):
    """What a finding is about."""

    NODE = "node"
    EDGE = "edge"
    DESIGN = "design"


@dataclass(frozen=True, slots=True)
class Subject:
    """The node, edge or whole design that a finding is about, and the parameter if one is at fault."""

    kind: SubjectKind
    id: str = ""
    parameter: str = ""


@dataclass(frozen=True, slots=True)
class Fix:
    """Operations that clear the finding, applied with one click and undone with one undo."""

    label: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem. ``message`` says what is wrong here, ``why`` what happens if it stays."""

    rule_id: str
    severity: Severity
    title: str
    subject: Subject
    message: str
    why: str
    source: Source
    fixes: tuple[Fix, ...] = ()

    @property
    def id(self) -> str:
        """Stable while the problem stands: rule, subject and parameter."""
        return ":".join(
            part for part in (self.rule_id, self.subject.kind, self.subject.id, self.subject.parameter) if part
        )


class Scope(StrEnum):
    """What a rule looks at, so that an edit re-checks only what it touches."""

    NODE = "node"
    """One node with its edges and its direct neighbours."""
    EDGE = "edge"
    """One edge with its two nodes and their edges."""
    DESIGN = "design"
    """Everything: paths, cycles, account-wide sums."""


NodeCheck = Callable[["Design", "Node"], list[Finding]]
EdgeCheck = Callable[["Design", "Edge"], list[Finding]]
DesignCheck = Callable[["Design"], list[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """Identity of a rule. Ids are a letter and a number, never reused.

    C connections, L limits, R reliability, S security, P performance, M money.
    """

    id: str
    severity: Severity
    title: str
    scope: Scope
    why: str
    source: Source
