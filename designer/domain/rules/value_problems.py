"""What is wrong with the settings of a node or an edge, by what the catalog says about each."""

from __future__ import annotations

from collections.abc import Iterator

from designer.domain.catalog.registry import find_parameter
from designer.domain.catalog.spec import Parameter, Section, Value
from designer.domain.connections.registry import find_edge_parameter
from designer.domain.graph.model import Edge, Node
from designer.domain.rules.fixes import set_edge, set_node
from designer.domain.rules.problem import Problem, problem
from designer.domain.rules.rule import Fix
from designer.domain.rules.values import (
    above_quota,
    as_text,
    clamped,
    json_error,
    outside_range,
    unknown_choice,
    wrong_kind,
)


def unknown_settings(at: Node | Edge) -> Iterator[Problem]:
    """Settings that the service or the connection does not have."""
    for parameter_id in at.parameters:
        if _parameter(at, parameter_id) is None:
            fix = _set(at, parameter_id, None, "Remove the setting")
            yield problem(at, f"There is no setting {parameter_id!r} here.", fix, parameter=parameter_id)


def wrong_kinds(at: Node | Edge) -> Iterator[Problem]:
    """Settings with text instead of a number, and the like."""
    for parameter, value in _own_values(at):
        wanted = wrong_kind(parameter, value)
        if wanted:
            yield _problem(at, parameter, f"is {value!r}; it has to be {wanted}", _to_default(at, parameter))


def values_outside_limits(at: Node | Edge) -> Iterator[Problem]:
    """Settings below the minimum, or above a maximum that AWS does not raise."""
    for parameter, value in _own_values(at):
        allowed = outside_range(parameter, value)
        if allowed:
            yield _problem(
                at, parameter, f"is {as_text(parameter, value)}; {allowed}", _to_nearest(at, parameter, value)
            )


def values_above_quotas(at: Node | Edge) -> Iterator[Problem]:
    """Settings above a maximum that AWS raises on request."""
    for parameter, value in _own_values(at):
        quota = above_quota(parameter, value)
        if quota:
            yield _problem(at, parameter, f"is {as_text(parameter, value)}; {quota}", _to_nearest(at, parameter, value))


def unknown_choices(at: Node | Edge) -> Iterator[Problem]:
    """Settings whose value is not among the choices."""
    for parameter, value in _own_values(at):
        known = unknown_choice(parameter, value)
        if known:
            yield _problem(at, parameter, f"is {value!r}; known are {known}", _to_default(at, parameter))


def broken_json(at: Node | Edge) -> Iterator[Problem]:
    """Settings that hold JSON and cannot be read."""
    for parameter, value in _own_values(at):
        error = json_error(parameter, value)
        if error:
            yield _problem(at, parameter, f"is not JSON: {error}", _set(at, parameter.id, None, "Remove the text"))


def _parameter(at: Node | Edge, parameter_id: str) -> Parameter | None:
    if isinstance(at, Node):
        return find_parameter(at.service, parameter_id)
    return find_edge_parameter(at.connection, parameter_id)


def _own_values(at: Node | Edge) -> Iterator[tuple[Parameter, Value]]:
    for parameter_id, value in at.parameters.items():
        parameter = _parameter(at, parameter_id)
        if parameter is not None and value is not None:
            yield parameter, value


def _problem(at: Node | Edge, parameter: Parameter, statement: str, fix: Fix) -> Problem:
    why = "A run cannot use the value." if parameter.section is Section.WORKLOAD else ""
    message = f"{parameter.label} {statement}."
    return problem(at, message, fix, parameter=parameter.id, why=why, source=parameter.source)


def _to_default(at: Node | Edge, parameter: Parameter) -> Fix:
    return _set(at, parameter.id, None, f"Use the default: {as_text(parameter, parameter.default)}")


def _to_nearest(at: Node | Edge, parameter: Parameter, value: Value) -> Fix:
    nearest = clamped(parameter, value)
    return _set(at, parameter.id, nearest, f"Set it to {as_text(parameter, nearest)}")


def _set(at: Node | Edge, parameter_id: str, value: Value, label: str) -> Fix:
    if isinstance(at, Node):
        return set_node(at, label, **{parameter_id: value})
    return set_edge(at, label, **{parameter_id: value})
