"""Reading a design from its shared document, entry by entry, so that a change costs what it touches.

Browsers write the document directly, so anything may stand in it. What is not a node, an edge and
so on is left out of the design and listed as a problem; nothing here raises for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from pycrdt import Array, Doc, Map, MapEvent, Text

from designer.domain.graph.document import (
    MAXIMUM_EDGES,
    MAXIMUM_NODES,
    DocumentError,
    edge_from_json,
    group_from_json,
    node_from_json,
    note_from_json,
)
from designer.domain.graph.model import Design, Edge, Group, Node, Note
from designer.domain.graph.scenario import Scenario
from designer.domain.graph.scenario_document import ScenarioError, scenario_from_json

ENTRY_MAPS: Final = ("nodes", "edges", "groups", "notes", "scenarios")
MAPS: Final = ("meta", "positions", *ENTRY_MAPS)
MAXIMUM_DEPTH: Final = 60
UNTITLED: Final = "Untitled"

Problem = tuple[str, str]
"""The map and the id of an entry that cannot be read."""

_MOST: Final = {"nodes": MAXIMUM_NODES, "edges": MAXIMUM_EDGES, "groups": MAXIMUM_NODES, "notes": MAXIMUM_NODES}
_READERS: Final[Mapping[str, Callable[[object, str], Any]]] = {
    "nodes": node_from_json,
    "edges": edge_from_json,
    "groups": group_from_json,
    "notes": note_from_json,
    "scenarios": lambda data, _path: scenario_from_json(data),
}


class Mirror:
    """The design in a document, kept up to date by the document's own events.

    The nodes are kept apart from their positions: a moved card changes no node.
    """

    def __init__(self, doc: Doc[Any]) -> None:
        self.maps: dict[str, Map[Any]] = {name: doc.get(name, type=Map) for name in MAPS}
        self._doc = doc
        self._entries: dict[str, dict[str, Any]] = {name: {} for name in ENTRY_MAPS}
        self._edges: dict[str, Edge] = {}
        self.problems: dict[Problem, str] = {}
        self._dirty: dict[str, set[str]] = {name: set(self.maps[name].keys()) for name in ENTRY_MAPS}
        # The subscriptions live as long as the document does.
        self._subscriptions = [self.maps[name].observe_deep(self._watch(name)) for name in ENTRY_MAPS]

    def name(self) -> str:
        """The design's name."""
        name = self.maps["meta"].get("name")
        return name[:200] if isinstance(name, str) and name else UNTITLED

    def checked(self) -> Design:
        """The design without positions: equal nodes are the same objects as the last time."""
        self._refresh()
        nodes: dict[str, Node] = self._entries["nodes"]
        edges: dict[str, Edge] = {
            key: edge for key, edge in self._entries["edges"].items() if edge.source in nodes and edge.target in nodes
        }
        if _same_objects(edges, self._edges):
            # One mapping until an edge changes: what follows from the edges alone is then not computed again.
            edges = self._edges
        self._edges = edges
        groups: dict[str, Group] = self._entries["groups"]
        notes: dict[str, Note] = self._entries["notes"]
        scenarios: dict[str, Scenario] = self._entries["scenarios"]
        return Design(self.name(), dict(nodes), edges, dict(groups), dict(notes), dict(scenarios))

    def design(self) -> Design:
        """The whole design, positions included."""
        checked = self.checked()
        nodes = {key: self._placed(node) for key, node in checked.nodes.items()}
        return Design(checked.name, nodes, checked.edges, checked.groups, checked.notes, checked.scenarios)

    def dangling(self) -> list[Edge]:
        """Edges with an end that does not exist at all."""
        self._refresh()
        there = self.maps["nodes"]
        known = self._entries["nodes"]
        return [
            edge
            for edge in self._entries["edges"].values()
            if any(end not in known and end not in there for end in (edge.source, edge.target))
        ]

    def _watch(self, name: str) -> Callable[[list[Any]], None]:
        dirty = self._dirty[name]

        def changed(events: Iterable[Any]) -> None:
            for event in events:
                if event.path:
                    dirty.add(str(event.path[0]))
                elif isinstance(event, MapEvent):
                    dirty.update(event.keys)  # type: ignore[attr-defined]

        return changed

    def _refresh(self) -> None:
        with self._doc.transaction():
            for name in ENTRY_MAPS:
                dirty = self._dirty[name]
                if dirty:
                    for key in dirty:
                        self._read(name, key)
                    dirty.clear()

    def _read(self, name: str, key: str) -> None:
        entries = self._entries[name]
        there = self.maps[name]
        self.problems.pop((name, key), None)
        if key not in there:
            entries.pop(key, None)
            return
        try:
            value = _READERS[name]({**_entry(there[key]), "id": key}, "")
            if key not in entries and len(entries) >= _MOST.get(name, 100):
                raise DocumentError("", f"there are more than {_MOST.get(name, 100):,} of them")
        except (DocumentError, ScenarioError) as error:
            entries.pop(key, None)
            self.problems[name, key] = str(error)
            return
        if entries.get(key) != value:
            entries[key] = value

    def _placed(self, node: Node) -> Node:
        position = self.maps["positions"].get(node.id)
        if not isinstance(position, Mapping):
            return node
        data = {"id": node.id, "service": node.service, "x": position.get("x", 0), "y": position.get("y", 0)}
        try:
            placed = node_from_json(data)
        except DocumentError:
            return node
        return Node(node.id, node.service, node.label, placed.x, placed.y, node.parameters, node.group, node.resource)


def _entry(value: object) -> dict[str, object]:
    """An entry as JSON. Raises :class:`DocumentError` when it is none."""
    plain = plain_value(value)
    if not isinstance(plain, dict):
        raise DocumentError("", "must be an object")
    return plain


def plain_value(value: object, depth: int = 0) -> object:
    """A value of the document as JSON; whole numbers become int, as the document has only one kind of number."""
    if depth > MAXIMUM_DEPTH:
        raise DocumentError("", f"is nested more than {MAXIMUM_DEPTH} levels deep")
    match value:
        case bool() | str() | int() | None:
            return value
        case float():
            return int(value) if value.is_integer() and abs(value) < 2**53 else value
        case Map() | Mapping():
            return {str(key): plain_value(item, depth + 1) for key, item in value.items()}
        case Text():
            return str(value)
        case Array() | list() | tuple():
            return [plain_value(item, depth + 1) for item in value]
        case _:
            raise DocumentError("", f"holds a {type(value).__name__}")


def _same_objects(some: Mapping[str, object], others: Mapping[str, object]) -> bool:
    return len(some) == len(others) and all(others.get(key) is value for key, value in some.items())
