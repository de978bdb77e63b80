"""Whether the settings that a connection requires of its ends are there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from designer.domain.catalog.registry import find_parameter
from designer.domain.catalog.sources import WINDTUNNEL
from designer.domain.catalog.spec import Parameter, Value
from designer.domain.connections.registry import connections, find_edge_parameter
from designer.domain.connections.spec import End, Requirement
from designer.domain.graph.model import Design, Edge
from designer.domain.rules.fixes import set_edge, set_node
from designer.domain.rules.meanings import reads_call_records
from designer.domain.rules.problem import Problem, problem
from designer.domain.rules.registry import rule
from designer.domain.rules.requirements import unmet
from designer.domain.rules.rule import Fix, Scope, Severity
from designer.domain.rules.values import as_text

_REQUIRING: Final = tuple(identifier for identifier, row in connections().items() if row.requirements)
"""The connections that require something."""


@rule(
    "C017",
    Severity.ERROR,
    "Connection lacks a setting it needs",
    scope=Scope.EDGE,
    only=_REQUIRING,
    why="AWS offers the connection only with this setting. Without it AWS refuses the resource, or nothing arrives.",
    source=WINDTUNNEL,
)
def missing_requirement(design: Design, edge: Edge) -> Iterator[Problem]:
    """A requirement of the edge's row does not hold.

    A rule on CloudTrail's records of API calls needs no switch on the bucket.
    """
    for requirement in unmet(design, edge):
        by_call_records = requirement.parameter == "eventbridge_enabled" and reads_call_records(
            design.nodes[edge.target]
        )
        if requirement.certain and not by_call_records:
            yield _problem(design, edge, requirement)


@rule(
    "C018",
    Severity.WARNING,
    "Connection may lack a setting it needs",
    scope=Scope.EDGE,
    only=_REQUIRING,
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
    at_edge = requirement.end is End.EDGE
    return problem(
        edge,
        f"{source.label} → {target.label} ({row.label}) works only when {requirement.message}.",
        *_fixes(design, edge, requirement),
        parameter=requirement.parameter if at_edge else f"{requirement.end.value}.{requirement.parameter}",
        source=row.authority,
    )


def _fixes(design: Design, edge: Edge, requirement: Requirement) -> tuple[Fix, ...]:
    if requirement.fix is None:
        return ()
    setting = {requirement.parameter: requirement.fix}
    if requirement.end is End.EDGE:
        specification = find_edge_parameter(edge.connection, requirement.parameter)
        return () if specification is None else (set_edge(edge, _label(specification, requirement.fix), **setting),)
    node = design.nodes[edge.source if requirement.end is End.SOURCE else edge.target]
    specification = find_parameter(node.service, requirement.parameter)
    if specification is None:
        return ()
    return (set_node(node, f"{node.label}: {_label(specification, requirement.fix)}", **setting),)


def _label(specification: Parameter, value: Value) -> str:
    """What a fix does to a setting, in words: ``Versioning on``, ``Stream: New image``."""
    colon = "" if isinstance(value, bool) else ":"
    return f"{specification.label}{colon} {as_text(specification, value)}"
