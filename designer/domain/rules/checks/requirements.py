"""Whether the settings that a connection requires of its ends are there."""

from __future__ import annotations

from collections.abc import Iterator

from designer.domain.catalog.sources import WINDTUNNEL
from designer.domain.connections.spec import End, Requirement
from designer.domain.graph.model import Design, Edge
from designer.domain.rules.fixes import set_edge, set_node
from designer.domain.rules.problem import Problem, problem
from designer.domain.rules.registry import rule
from designer.domain.rules.requirements import unmet
from designer.domain.rules.rule import Fix, Scope, Severity


@rule(
    "C017",
    Severity.ERROR,
    "Connection lacks a setting it needs",
    scope=Scope.EDGE,
    why="AWS offers the connection only with this setting. Without it AWS refuses the resource, or nothing arrives.",
    source=WINDTUNNEL,
)
def missing_requirement(design: Design, edge: Edge) -> Iterator[Problem]:
    """A requirement of the edge's row does not hold."""
    for requirement in unmet(design, edge):
        if requirement.certain:
            yield _problem(design, edge, requirement)


@rule(
    "C018",
    Severity.WARNING,
    "Connection may lack a setting it needs",
    scope=Scope.EDGE,
    why="AWS changed this lately, or its documents disagree. Try it in your account before you build on it.",
    source=WINDTUNNEL,
)
def doubtful_requirement(design: Design, edge: Edge) -> Iterator[Problem]:
    """A requirement that is not certain does not hold."""
    for requirement in unmet(design, edge):
        if not requirement.certain:
            yield _problem(design, edge, requirement)


def _problem(design: Design, edge: Edge, requirement: Requirement) -> Problem:
    row = edge.row
    assert row is not None
    source, target = design.nodes[edge.source], design.nodes[edge.target]
    fixes: tuple[Fix, ...] = ()
    if requirement.fix is not None:
        setting = {requirement.parameter: requirement.fix}
        label = f"Set {requirement.parameter.replace('_', ' ')}"
        match requirement.end:
            case End.SOURCE:
                fixes = (set_node(source, f"{label} of {source.label}", **setting),)
            case End.TARGET:
                fixes = (set_node(target, f"{label} of {target.label}", **setting),)
            case End.EDGE:
                fixes = (set_edge(edge, label, **setting),)
    return problem(
        edge,
        f"{source.label} → {target.label} ({row.label}) works only when {requirement.message}.",
        *fixes,
        parameter=requirement.parameter,
        source=row.authority,
    )
