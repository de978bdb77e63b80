"""Writing a design into its shared document, changing only what differs.

Small changes matter: what two people change at the same time in different places must both stay.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from pycrdt import Map

from designer.domain.catalog.spec import Value
from designer.domain.graph.document import edge_to_json, group_to_json, node_to_json, note_to_json
from designer.domain.graph.model import Design, Edge, Group, Node, Note
from designer.domain.graph.scenario import Scenario
from designer.domain.graph.scenario_document import scenario_to_json

Maps = Mapping[str, Map[Any]]
T = TypeVar("T")


def write_difference(maps: Maps, before: Design, after: Design) -> None:
    """Turn the document that holds ``before`` into one that holds ``after``; inside a transaction."""
    if before.name != after.name or "name" not in maps["meta"]:
        maps["meta"]["name"] = after.name
    _write_nodes(maps, before, after)
    _write_edges(maps, before, after)
    _write_objects(maps["groups"], before.groups, after.groups, _group)
    _write_objects(maps["notes"], before.notes, after.notes, _note)
    _write_objects(maps["scenarios"], before.scenarios, after.scenarios, _scenario)


def _write_nodes(maps: Maps, before: Design, after: Design) -> None:
    nodes, positions = maps["nodes"], maps["positions"]
    _remove(nodes, before.nodes, after.nodes)
    _remove(positions, before.nodes, after.nodes)
    for key, node in after.nodes.items():
        old = before.nodes.get(key)
        if old is node:
            continue
        if old is None or key not in nodes:
            nodes[key] = Map({**_node_fields(node), "parameters": Map(dict(node.parameters))})
            old = None
        else:
            _write_fields(nodes[key], _node_fields(old), _node_fields(node))
            _write_parameters(nodes[key], old.parameters, node.parameters)
        if old is None or (old.x, old.y) != (node.x, node.y):
            data = node_to_json(node)
            positions[key] = {"x": data["x"], "y": data["y"]}


def _write_edges(maps: Maps, before: Design, after: Design) -> None:
    edges = maps["edges"]
    _remove(edges, before.edges, after.edges)
    for key, edge in after.edges.items():
        old = before.edges.get(key)
        if old is edge:
            continue
        if old is None or key not in edges:
            edges[key] = Map({**_edge_fields(edge), "parameters": Map(dict(edge.parameters))})
        else:
            _write_fields(edges[key], _edge_fields(old), _edge_fields(edge))
            _write_parameters(edges[key], old.parameters, edge.parameters)


def _write_objects(
    there: Map[Any], before: Mapping[str, T], after: Mapping[str, T], to_json: Callable[[T], dict[str, object]]
) -> None:
    _remove(there, before, after)
    for key, value in after.items():
        if before.get(key) != value:
            there[key] = to_json(value)


def _remove(there: Map[Any], before: Mapping[str, object], after: Mapping[str, object]) -> None:
    for key in before:
        if key not in after and key in there:
            del there[key]


def _write_fields(item: Map[Any], before: Mapping[str, object], after: Mapping[str, object]) -> None:
    for key in before:
        if key not in after and key in item:
            del item[key]
    for key, value in after.items():
        if before.get(key) != value:
            item[key] = value


def _write_parameters(item: Map[Any], before: Mapping[str, Value], after: Mapping[str, Value]) -> None:
    if before == after:
        return
    parameters = item.get("parameters")
    if isinstance(parameters, Map):
        _write_fields(parameters, before, after)
    else:
        item["parameters"] = Map(dict(after))


def _node_fields(node: Node) -> dict[str, object]:
    apart = ("id", "x", "y", "parameters")
    return {key: value for key, value in node_to_json(node).items() if key not in apart}


def _edge_fields(edge: Edge) -> dict[str, object]:
    return {key: value for key, value in edge_to_json(edge).items() if key not in ("id", "parameters")}


def _group(group: Group) -> dict[str, object]:
    return _without_id(group_to_json(group))


def _note(note: Note) -> dict[str, object]:
    return _without_id(note_to_json(note))


def _scenario(scenario: Scenario) -> dict[str, object]:
    return _without_id(scenario_to_json(scenario))


def _without_id(data: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in data.items() if key != "id"}
