"""What a rule's function yields: what is wrong, and where. The registry adds who says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from designer.domain.graph.model import Design, Edge, Node
from designer.domain.rules.rule import Fix, Subject, SubjectKind

if TYPE_CHECKING:
    from designer.domain.catalog.spec import Source

DESIGN_SUBJECT = Subject(SubjectKind.DESIGN)


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding without its rule's identity.

    ``why`` and ``source`` replace the rule's own where a fact of the catalog or a row of the
    connection table says it better.
    """

    subject: Subject
    message: str
    fixes: tuple[Fix, ...] = ()
    why: str = ""
    source: Source | None = None


def problem(
    at: Node | Edge | Design,
    message: str,
    *fixes: Fix,
    parameter: str = "",
    why: str = "",
    source: Source | None = None,
) -> Problem:
    """A problem of a node, an edge or the whole design; ``parameter`` names the setting at fault."""
    match at:
        case Node():
            subject = Subject(SubjectKind.NODE, at.id, parameter)
        case Edge():
            subject = Subject(SubjectKind.EDGE, at.id, parameter)
        case Design():
            subject = DESIGN_SUBJECT if not parameter else Subject(SubjectKind.DESIGN, "", parameter)
    return Problem(subject, message, fixes, why, source)
