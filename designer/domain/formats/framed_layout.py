"""Arranges a design whose nodes lie in frames: the free ones along their flow, the frames below them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from designer.domain.formats.layout import CARD_HEIGHT, CARD_WIDTH, arrange
from designer.domain.graph.model import Design, Group, Node

_TITLE: Final = 44.0
_MARGIN: Final = 24.0
_BETWEEN: Final = 48.0
_LEAST_WIDTH: Final = 240.0
_CORNER: Final = 48.0


def arrange_in_frames(design: Design) -> Design:
    """The design with new positions and frames that are as large as what lies in them."""
    if not design.groups:
        return arrange(design)
    free = arrange(_part(design, None))
    top = max((node.y + CARD_HEIGHT for node in free.nodes.values()), default=0.0) + _BETWEEN
    placing = _Placing(design, dict(free.nodes))
    left = _CORNER
    for group in _inside(design, None):
        left = placing.place(group, left, top).right + _BETWEEN
    return replace(design, nodes={**design.nodes, **placing.nodes}, groups={**design.groups, **placing.groups})


def _part(design: Design, group: str | None) -> Design:
    """The nodes that lie directly in the group (None: in none), with the edges among them."""
    inside = {key: node for key, node in design.nodes.items() if node.group == group}
    edges = {key: edge for key, edge in design.edges.items() if edge.source in inside and edge.target in inside}
    return Design(design.name, inside, edges)


def _inside(design: Design, parent: str | None) -> list[Group]:
    return [design.groups[key] for key in sorted(design.groups) if design.groups[key].parent == parent]


@dataclass(frozen=True, slots=True)
class _Corner:
    """The lower right corner of a frame."""

    right: float
    bottom: float


@dataclass
class _Placing:
    design: Design
    nodes: dict[str, Node]
    groups: dict[str, Group] = field(default_factory=dict)

    def place(self, group: Group, left: float, top: float) -> _Corner:
        """Put a frame with its contents at a place: inner frames side by side, below them the cards."""
        x, y, right, bottom = left + _MARGIN, top + _TITLE, left + _LEAST_WIDTH, top + _TITLE
        for inner in _inside(self.design, group.id):
            corner = self.place(inner, x, y)
            x = corner.right + _MARGIN
            right, bottom = max(right, corner.right), max(bottom, corner.bottom)
        cards = arrange(_part(self.design, group.id)).nodes
        if cards:
            y = bottom + _MARGIN if bottom > y else y
            dx = left + _MARGIN - min(node.x for node in cards.values())
            dy = y - min(node.y for node in cards.values())
            moved = {key: replace(node, x=node.x + dx, y=node.y + dy) for key, node in cards.items()}
            self.nodes.update(moved)
            right = max(right, *(node.x + CARD_WIDTH for node in moved.values()))
            bottom = max(bottom, *(node.y + CARD_HEIGHT for node in moved.values()))
        corner = _Corner(right + _MARGIN, bottom + _MARGIN)
        self.groups[group.id] = replace(group, x=left, y=top, width=corner.right - left, height=corner.bottom - top)
        return corner
