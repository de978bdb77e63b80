"""Decides whether what a connection requires of its ends holds in a design."""

from __future__ import annotations

from collections.abc import Iterator

from designer.domain.catalog.spec import Value
from designer.domain.connections.spec import Comparison, End, Requirement
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.network.placement import in_vpc


def unmet(design: Design, edge: Edge) -> Iterator[Requirement]:
    """The requirements of the edge's connection that do not hold, in the order of the row.

    None for an edge between other services than the row is about: what it means is not known.
    """
    row = edge.row
    if row is None or not row.requirements:
        return
    if (design.nodes[edge.source].service, design.nodes[edge.target].service) != (row.source, row.target):
        return
    for requirement in row.requirements:
        if not holds(requirement, required_value(design, edge, requirement)):
            yield requirement


def required_value(design: Design, edge: Edge, requirement: Requirement) -> Value:
    """The value that the requirement looks at."""
    match requirement.end:
        case End.EDGE:
            return edge.value(requirement.parameter)
        case End.SOURCE:
            return node_value(design, design.nodes[edge.source], requirement.parameter)
        case End.TARGET:
            return node_value(design, design.nodes[edge.target], requirement.parameter)


def node_value(design: Design, node: Node, parameter: str) -> Value:
    """The node's value as requirements see it: ``in_vpc`` is also told by the frames around the node."""
    return in_vpc(design, node) if parameter == "in_vpc" else node.value(parameter)


def holds(requirement: Requirement, value: Value) -> bool:
    """Whether the value satisfies the requirement. A value that is no number satisfies no bound."""
    match requirement.comparison:
        case Comparison.ONE_OF:
            return any(_same(value, allowed) for allowed in requirement.values)
        case Comparison.NONE_OF:
            return not any(_same(value, refused) for refused in requirement.values)
        case Comparison.IS_SET:
            return value is not None and value != ""
        case Comparison.AT_LEAST:
            return _is_number(value) and float(value) >= float(requirement.values[0])  # type: ignore[arg-type]
        case Comparison.AT_MOST:
            return _is_number(value) and float(value) <= float(requirement.values[0])  # type: ignore[arg-type]


def _same(value: Value, other: Value) -> bool:
    """Equal as the browser has it: Python takes True and 1 for equal."""
    return value == other and isinstance(value, bool) == isinstance(other, bool)


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
