"""Arranges a design from left to right with graphviz, so that it reads as the requests travel."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import graphviz

from designer.domain.connections.spec import Mode
from designer.domain.formats.graphviz_program import run_graphviz
from designer.domain.graph.model import Design, Edge

CARD_WIDTH: Final = 168.0
CARD_HEIGHT: Final = 64.0
_BETWEEN_ROWS: Final = 36.0
_BETWEEN_COLUMNS: Final = 88.0
_MARGIN: Final = 48.0
_GRID: Final = 4.0
_POINTS_PER_INCH: Final = 72.0
_ASPECT: Final = 1.8
"""Wanted width to height of a whole drawing, for placing parts that hang together with nothing else."""

_Positions = dict[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class _Block:
    """A part of the drawing with the positions inside it, from its own top-left corner."""

    positions: _Positions
    width: float
    height: float


def arrange(design: Design, *, keep_positions: bool = False) -> Design:
    """The design with new positions. The same design always gets the same ones.

    With ``keep_positions`` only nodes at the origin, where unplaced ones are, get a place; it lies below
    the others. Groups and notes stay where they are.
    """
    placed = {key for key, node in design.nodes.items() if keep_positions and (node.x, node.y) != (0.0, 0.0)}
    free = [key for key in sorted(design.nodes) if key not in placed]
    if not free:
        return design
    left, top = _MARGIN, _MARGIN
    if placed:
        left = min(design.nodes[key].x for key in placed)
        top = max(design.nodes[key].y for key in placed) + CARD_HEIGHT + _MARGIN
    positions = _pack(_blocks(free, list(design.edges.values())))
    nodes = {
        key: replace(node, x=_snapped(left + positions[key][0]), y=_snapped(top + positions[key][1]))
        if key in positions
        else node
        for key, node in design.nodes.items()
    }
    return replace(design, nodes=nodes)


def _snapped(value: float) -> float:
    return round(value / _GRID) * _GRID


def _blocks(nodes: Sequence[str], edges: Sequence[Edge]) -> list[_Block]:
    inside = set(nodes)
    known = [edge for edge in edges if edge.source in inside and edge.target in inside and edge.source != edge.target]
    parts = _components(nodes, known)
    blocks = [_layered(part, known) for part in parts if len(part) > 1]
    single = [part[0] for part in parts if len(part) == 1]
    return [*blocks, _grid(single)] if single else blocks


def _components(nodes: Sequence[str], edges: Iterable[Edge]) -> list[list[str]]:
    """Sets of nodes that hang together, the largest first."""
    parent = {key: key for key in nodes}

    def root(key: str) -> str:
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for edge in edges:
        first, second = sorted((root(edge.source), root(edge.target)))
        parent[second] = first
    parts: dict[str, list[str]] = {}
    for key in nodes:
        parts.setdefault(root(key), []).append(key)
    return sorted(parts.values(), key=lambda part: (-len(part), part[0]))


def _layered(part: Sequence[str], edges: Iterable[Edge]) -> _Block:
    graph = graphviz.Digraph(
        graph_attr={
            "rankdir": "LR",
            "nodesep": _inches(_BETWEEN_ROWS),
            "ranksep": _inches(_BETWEEN_COLUMNS),
            "ordering": "",
            "splines": "line",
        },
        node_attr={
            "shape": "box",
            "fixedsize": "true",
            "label": "",
            "width": _inches(CARD_WIDTH),
            "height": _inches(CARD_HEIGHT),
        },
    )
    number = {key: f"n{position}" for position, key in enumerate(part)}
    for name in number.values():
        graph.node(name)
    for edge in sorted(edges, key=lambda e: e.id):
        if edge.source in number:
            weight, constraint = _pull(edge.mode)
            graph.edge(number[edge.source], number[edge.target], weight=weight, constraint=constraint)
    found = _plain_positions(run_graphviz("dot", graph.source, "plain").decode())
    return _normalised({key: found[name] for key, name in number.items()})


def _pull(mode: Mode) -> tuple[str, str]:
    """Weight and whether the edge orders columns: failure paths give way to the main one."""
    return ("1", "true") if mode in (Mode.FAILURE, Mode.AUTHORIZER) else ("4", "true")


def _plain_positions(plain: str) -> _Positions:
    """Centres in px, y downwards, from graphviz's ``plain`` output."""
    found: _Positions = {}
    for line in plain.splitlines():
        word = line.split(" ")
        if word[0] == "node":
            found[word[1]] = (float(word[2]) * _POINTS_PER_INCH, -float(word[3]) * _POINTS_PER_INCH)
    return found


def _normalised(centres: Mapping[str, tuple[float, float]]) -> _Block:
    left = min(x for x, _ in centres.values())
    top = min(y for _, y in centres.values())
    right = max(x for x, _ in centres.values())
    bottom = max(y for _, y in centres.values())
    positions = {key: (x - left, y - top) for key, (x, y) in centres.items()}
    return _Block(positions, right - left + CARD_WIDTH, bottom - top + CARD_HEIGHT)


def _grid(nodes: Sequence[str]) -> _Block:
    """Nodes without edges, row by row."""
    column, row = CARD_WIDTH + _BETWEEN_ROWS, CARD_HEIGHT + _BETWEEN_ROWS
    columns = max(1, min(len(nodes), math.ceil(math.sqrt(len(nodes) * _ASPECT * row / column))))
    positions = {key: (index % columns * column, index // columns * row) for index, key in enumerate(nodes)}
    rows = math.ceil(len(nodes) / columns)
    return _Block(positions, columns * column - _BETWEEN_ROWS, rows * row - _BETWEEN_ROWS)


def _pack(blocks: Sequence[_Block]) -> _Positions:
    """Blocks side by side in rows about as wide as makes the whole drawing well proportioned."""
    gap = _MARGIN
    area = sum((block.width + gap) * (block.height + gap) for block in blocks)
    limit = max([math.sqrt(area * _ASPECT), *(block.width for block in blocks)])
    found: _Positions = {}
    x = y = row_height = 0.0
    for block in blocks:
        if x > 0 and x + block.width > limit:
            x, y, row_height = 0.0, y + row_height + gap, 0.0
        found.update({key: (x + inner_x, y + inner_y) for key, (inner_x, inner_y) in block.positions.items()})
        x += block.width + gap
        row_height = max(row_height, block.height)
    return found


def _inches(px: float) -> str:
    return f"{px / _POINTS_PER_INCH:.4f}"
