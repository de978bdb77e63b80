"""Refuses settings that no service takes: text for a number, or a number out of the catalog's range."""

from __future__ import annotations

from designer.domain.catalog.registry import find_parameter
from designer.domain.catalog.spec import Kind, Parameter, Value
from designer.domain.connections.registry import find_edge_parameter
from designer.domain.graph.model import Design
from designer.domain.rules.values import as_text, outside_range, wrong_kind
from simulator.engine.refusal import SimulationRefused


def check_values(design: Design) -> None:
    """Raises :class:`SimulationRefused` naming the node or connection and the setting."""
    for node in design.nodes.values():
        for key, value in node.parameters.items():
            _check(node.label or node.id, find_parameter(node.service, key), value)
    for edge in design.edges.values():
        for key, value in edge.parameters.items():
            _check(f"The connection {edge.id}", find_edge_parameter(edge.connection, key), value)


def _check(where: str, parameter: Parameter | None, value: Value) -> None:
    if parameter is None or parameter.kind not in (Kind.INTEGER, Kind.NUMBER) or value is None:
        return
    if wanted := wrong_kind(parameter, value):
        raise SimulationRefused(f"{where}: {parameter.label} ({parameter.id}) is {value!r}; it has to be {wanted}.")
    if allowed := outside_range(parameter, value):
        raise SimulationRefused(
            f"{where}: {parameter.label} ({parameter.id}) is {as_text(parameter, value)}; {allowed}."
        )
