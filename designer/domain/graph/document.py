"""The design as plain JSON values, both ways: the native file format and the shared document.

``docs/design-format.md`` explains the format; its JSON Schema is generated from here
(:mod:`designer.domain.graph.schema`). Reading checks every field and says where a bad one is.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Final, Protocol, TypeVar

from designer.domain.catalog.spec import Value
from designer.domain.connections.registry import UNKNOWN_CONNECTION, connections
from designer.domain.connections.spec import Flow, Mode
from designer.domain.graph.model import Design, Edge, Group, Node, Note
from designer.domain.graph.scenario import Scenario
from designer.domain.graph.scenario_document import ScenarioError, scenario_from_json, scenario_to_json

FORMAT: Final = "windtunnel-design"
VERSION: Final = 1
MAXIMUM_NODES: Final = 5_000
MAXIMUM_EDGES: Final = 20_000
_MOST_NUMBER: Final = 10**15
"""No parameter of any service has a larger value."""
ID_PATTERN: Final = r"[A-Za-z0-9][A-Za-z0-9_.:\-]{0,127}"
_ID = re.compile(ID_PATTERN)

Json = Mapping[str, object]


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_HasId)
M = TypeVar("M", bound=StrEnum)


class DocumentError(ValueError):
    """The JSON is not a design. ``path`` names the place, e.g. ``edges[3].target``."""

    def __init__(self, path: str, problem: str) -> None:
        self.path = path
        self.problem = problem
        super().__init__(f"{path}: {problem}" if path else problem)


def design_to_json(design: Design) -> dict[str, object]:
    """The design as JSON values with stable order: lists sorted by id, positions rounded to 0.1 px."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "name": design.name,
        "nodes": [node_to_json(design.nodes[key]) for key in sorted(design.nodes)],
        "edges": [edge_to_json(design.edges[key]) for key in sorted(design.edges)],
        "groups": [group_to_json(design.groups[key]) for key in sorted(design.groups)],
        "notes": [note_to_json(design.notes[key]) for key in sorted(design.notes)],
        "scenarios": [scenario_to_json(design.scenarios[key]) for key in sorted(design.scenarios)],
    }


def node_to_json(node: Node) -> dict[str, object]:
    """One entry of ``nodes``."""
    data: dict[str, object] = {
        "id": node.id,
        "service": node.service,
        "label": node.label,
        "x": _rounded(node.x),
        "y": _rounded(node.y),
        "parameters": dict(sorted(node.parameters.items())),
    }
    if node.group is not None:
        data["group"] = node.group
    if node.resource is not None:
        data["resource"] = dict(node.resource)
    return data


def edge_to_json(edge: Edge) -> dict[str, object]:
    """One entry of ``edges``."""
    return {
        "id": edge.id,
        "source": edge.source,
        "target": edge.target,
        "connection": edge.connection,
        "mode": edge.mode.value,
        "flow": edge.flow.value,
        "parameters": dict(sorted(edge.parameters.items())),
    }


def group_to_json(group: Group) -> dict[str, object]:
    """One entry of ``groups``."""
    data: dict[str, object] = {
        "id": group.id,
        "kind": group.kind,
        "label": group.label,
        "x": _rounded(group.x),
        "y": _rounded(group.y),
        "width": _rounded(group.width),
        "height": _rounded(group.height),
    }
    if group.parent is not None:
        data["parent"] = group.parent
    return data


def note_to_json(note: Note) -> dict[str, object]:
    """One entry of ``notes``."""
    return {
        "id": note.id,
        "text": note.text,
        "x": _rounded(note.x),
        "y": _rounded(note.y),
        "width": _rounded(note.width),
        "height": _rounded(note.height),
    }


def _rounded(value: float) -> float | int:
    rounded = round(value, 1)
    return int(rounded) if rounded == int(rounded) else rounded


def design_from_json(data: object) -> Design:
    """Read a whole design file. Raises :class:`DocumentError` naming the first bad place.

    Unknown services and connections are accepted: the rules report them as findings.
    Dangling edges, duplicate ids and wrong types are refused.
    """
    document = _mapping(data, "")
    if document.get("format") != FORMAT:
        raise DocumentError("format", f"must be {FORMAT!r}; is this a Windtunnel design?")
    version = document.get("version")
    if version != VERSION:
        raise DocumentError("version", f"is {version!r}, but this program reads version {VERSION}")
    nodes = _read_all(document, "nodes", node_from_json, MAXIMUM_NODES)
    edges = _read_all(document, "edges", edge_from_json, MAXIMUM_EDGES)
    for position, edge in enumerate(edges.values()):
        for end in ("source", "target"):
            if getattr(edge, end) not in nodes:
                raise DocumentError(f"edges[{position}].{end}", f"there is no node {getattr(edge, end)!r}")
    return Design(
        name=_text(document, "name", "", default="Untitled"),
        nodes=nodes,
        edges=edges,
        groups=_read_all(document, "groups", group_from_json, MAXIMUM_NODES),
        notes=_read_all(document, "notes", note_from_json, MAXIMUM_NODES),
        scenarios=_read_all(document, "scenarios", _scenario, 100),
    )


def node_from_json(data: object, path: str = "node") -> Node:
    """Read one entry of ``nodes``."""
    item = _mapping(data, path)
    identifier = _identifier(item, "id", path)
    resource = item.get("resource")
    return Node(
        id=identifier,
        service=_identifier(item, "service", path),
        label=_text(item, "label", path, default=identifier, longest=200),
        x=_number(item, "x", path),
        y=_number(item, "y", path),
        parameters=_parameters(item, path),
        group=_optional_identifier(item, "group", path),
        resource=None if resource is None else dict(_mapping(resource, f"{path}.resource")),
    )


def edge_from_json(data: object, path: str = "edge") -> Edge:
    """Read one entry of ``edges``. ``mode`` and ``flow`` may be left out when the connection is known."""
    item = _mapping(data, path)
    connection = _identifier(item, "connection", path, default=UNKNOWN_CONNECTION)
    row = connections().get(connection)
    mode = row.mode if row is not None else Mode.ASYNCHRONOUS
    flow = row.flow if row is not None else Flow.ASYNC
    if row is None or "mode" in item:
        mode = _member(Mode, item, "mode", path, default=mode)
    if row is None or "flow" in item:
        flow = _member(Flow, item, "flow", path, default=flow)
    return Edge(
        id=_identifier(item, "id", path),
        source=_identifier(item, "source", path),
        target=_identifier(item, "target", path),
        connection=connection,
        mode=mode,
        flow=flow,
        parameters=_parameters(item, path),
    )


def group_from_json(data: object, path: str = "group") -> Group:
    """Read one entry of ``groups``."""
    item = _mapping(data, path)
    identifier = _identifier(item, "id", path)
    return Group(
        id=identifier,
        kind=_text(item, "kind", path, default="plain", longest=64),
        label=_text(item, "label", path, default=identifier, longest=200),
        x=_number(item, "x", path),
        y=_number(item, "y", path),
        width=_number(item, "width", path, default=320.0),
        height=_number(item, "height", path, default=200.0),
        parent=_optional_identifier(item, "parent", path),
    )


def note_from_json(data: object, path: str = "note") -> Note:
    """Read one entry of ``notes``."""
    item = _mapping(data, path)
    return Note(
        id=_identifier(item, "id", path),
        text=_text(item, "text", path, default="", longest=10_000),
        x=_number(item, "x", path),
        y=_number(item, "y", path),
        width=_number(item, "width", path, default=200.0),
        height=_number(item, "height", path, default=96.0),
    )


def _scenario(data: object, path: str) -> Scenario:
    try:
        return scenario_from_json(data)
    except ScenarioError as error:
        raise DocumentError(f"{path}.{error.path}" if error.path else path, error.problem) from None


def _read_all(document: Json, key: str, read: Callable[[object, str], T], most: int) -> dict[str, T]:
    items = document.get(key, [])
    if not isinstance(items, Sequence) or isinstance(items, str | bytes):
        raise DocumentError(key, "must be a list")
    if len(items) > most:
        raise DocumentError(key, f"has {len(items)} entries; the most is {most}")
    found: dict[str, T] = {}
    for position, item in enumerate(items):
        value = read(item, f"{key}[{position}]")
        if value.id in found:
            raise DocumentError(f"{key}[{position}].id", f"{value.id!r} is there twice")
        found[value.id] = value
    return found


def _mapping(data: object, path: str) -> Json:
    if not isinstance(data, Mapping):
        raise DocumentError(path, "must be an object")
    return data


def _text(item: Json, key: str, path: str, *, default: str, longest: int = 200) -> str:
    value = item.get(key, default)
    if not isinstance(value, str):
        raise DocumentError(_join(path, key), "must be text")
    if len(value) > longest:
        raise DocumentError(_join(path, key), f"is longer than {longest} characters")
    return value


def _identifier(item: Json, key: str, path: str, *, default: str | None = None) -> str:
    value = item.get(key, default)
    if value is None:
        raise DocumentError(_join(path, key), "is missing")
    if not isinstance(value, str) or _ID.fullmatch(value) is None:
        raise DocumentError(
            _join(path, key),
            f"{value!r} is not an id: 1 to 128 letters, digits, '_', '-', '.' or ':', beginning with a letter or digit",
        )
    return value


def _optional_identifier(item: Json, key: str, path: str) -> str | None:
    return None if item.get(key) is None else _identifier(item, key, path)


def _number(item: Json, key: str, path: str, *, default: float = 0.0) -> float:
    value = item.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise DocumentError(_join(path, key), "must be a finite number")
    if isinstance(value, float) and not math.isfinite(value):
        raise DocumentError(_join(path, key), "must be a finite number")
    if abs(value) > 1e7:
        raise DocumentError(_join(path, key), "lies too far out: at most 10,000,000 px")
    return float(value)


def _member(kind: type[M], item: Json, key: str, path: str, *, default: M) -> M:
    value = item.get(key, default)
    try:
        return kind(str(value))
    except ValueError:
        allowed = ", ".join(member.value for member in kind)
        raise DocumentError(_join(path, key), f"is {value!r}; it must be one of {allowed}") from None


def _parameters(item: Json, path: str) -> dict[str, Value]:
    place = _join(path, "parameters")
    given = _mapping(item.get("parameters", {}), place)
    parameters: dict[str, Value] = {}
    for key, value in given.items():
        if value is not None and not isinstance(value, str | int | float | bool):
            raise DocumentError(f"{place}.{key}", "must be text, a number, true, false or null")
        if isinstance(value, float) and not math.isfinite(value):
            raise DocumentError(f"{place}.{key}", "must be a finite number")
        if isinstance(value, int | float) and abs(value) > _MOST_NUMBER:
            raise DocumentError(f"{place}.{key}", f"is too large: at most {_MOST_NUMBER:,}")
        if isinstance(value, str) and len(value) > 100_000:
            raise DocumentError(f"{place}.{key}", "is longer than 100,000 characters")
        if value is not None:
            parameters[key] = value
    return parameters


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
