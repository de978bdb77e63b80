"""Finds the ways of the lines between cards with graphviz; the cards stay where they were drawn.

Graphviz's ``neato -n2`` takes the cards at their given places and routes orthogonal lines around them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Final

import graphviz

from designer.domain.formats.drawing.geometry import Box, Point, card_box, simplified
from designer.domain.formats.graphviz_program import run_graphviz
from designer.domain.formats.layout import CARD_HEIGHT, CARD_WIDTH
from designer.domain.formats.spec import FormatError
from designer.domain.graph.model import Design, Edge

_POINTS_PER_INCH: Final = 72.0
_LOOP_REACH: Final = 22.0
_STUB: Final = 20.0
MOST_ROUTED: Final = 6_000
"""With more edges than this (about 2 s), lines are drawn as plain elbows."""

Route = Sequence[Point]


def routes(design: Design) -> dict[str, Route]:
    """The points of every edge, from the source's border to the target's, by edge id."""
    boxes = {key: card_box(node) for key, node in design.nodes.items()}
    ordered = [design.edges[key] for key in sorted(design.edges)]
    found: dict[str, Route] = {edge.id: _loop(boxes[edge.source]) for edge in ordered if edge.source == edge.target}
    between = [edge for edge in ordered if edge.id not in found]
    if between and len(between) <= MOST_ROUTED and not _any_overlap(list(boxes.values())):
        found.update(_by_graphviz(design, between))
    for edge in between:
        if edge.id not in found:
            found[edge.id] = elbow(boxes[edge.source], boxes[edge.target])
    return found


def _any_overlap(boxes: Sequence[Box]) -> bool:
    """Whether two cards touch: graphviz cannot route around those."""
    by_x = sorted(boxes, key=lambda box: box.x)
    for index, box in enumerate(by_x):
        for other in by_x[index + 1 :]:
            if other.x > box.right + 1:
                break
            if box.grown(1).overlaps(other):
                return True
    return False


def _by_graphviz(design: Design, edges: Sequence[Edge]) -> dict[str, Route]:
    """Routes of those edges for which graphviz found one; empty when it failed."""
    names = {key: f"n{position}" for position, key in enumerate(sorted(design.nodes))}
    try:
        output = run_graphviz("neato", _source(design, edges, names), "json", "-n2")
        layout = json.loads(output)
    except (FormatError, ValueError):
        return {}
    shift = _shift(layout, design, names)
    ids = {f"e{position}": edge.id for position, edge in enumerate(edges)}
    found: dict[str, Route] = {}
    for item in layout.get("edges", ()):
        points = _spline_corners(str(item.get("pos", "")))
        if points and shift is not None and item.get("id") in ids:
            moved = simplified((x + shift[0], shift[1] - y) for x, y in points)
            if len(moved) > 1:
                found[ids[item["id"]]] = moved
    return found


def _source(design: Design, edges: Sequence[Edge], names: Mapping[str, str]) -> str:
    graph = graphviz.Digraph(
        graph_attr={"splines": "ortho", "overlap": "true"},
        node_attr={
            "shape": "box",
            "fixedsize": "true",
            "label": "",
            "width": f"{CARD_WIDTH / _POINTS_PER_INCH:.4f}",
            "height": f"{CARD_HEIGHT / _POINTS_PER_INCH:.4f}",
        },
        edge_attr={"dir": "none"},
    )
    # Graphviz writes five significant digits: the smaller the coordinates, the more exact the lines.
    left = min(design.nodes[key].x for key in names)
    top = min(design.nodes[key].y for key in names)
    for key, name in names.items():
        x, y = card_box(design.nodes[key]).centre
        graph.node(name, pos=f"{x - left:.2f},{top - y:.2f}!")
    for position, edge in enumerate(edges):
        graph.edge(names[edge.source], names[edge.target], id=f"e{position}")
    return str(graph.source)


def _shift(layout: Mapping[str, object], design: Design, names: Mapping[str, str]) -> Point | None:
    """What to add to graphviz's coordinates, whose origin is another one."""
    objects = layout.get("objects")
    key, name = next(iter(names.items()))
    for item in objects if isinstance(objects, list) else ():
        if item.get("name") == name:
            x, y = (float(value) for value in str(item["pos"]).split(","))
            centre = card_box(design.nodes[key]).centre
            return centre[0] - x, centre[1] + y
    return None


def _spline_corners(spline: str) -> list[Point]:
    """The joints of graphviz's Bezier curve; in orthogonal routes the pieces between them are straight."""
    try:
        points = [(float(x), float(y)) for x, y in (pair.split(",") for pair in spline.split(" ") if pair)]
    except ValueError:
        return []
    return points[::3]


def _loop(box: Box) -> Route:
    """From a card's right side round its corner to its own top."""
    x, y = box.right + _LOOP_REACH, box.y - _LOOP_REACH
    beside = box.y + box.height / 4
    over = box.x + box.width * 0.75
    return (box.right, beside), (x, beside), (x, y), (over, y), (over, box.y)


def elbow(source: Box, target: Box) -> Route:
    """A plain line with at most two bends, from the nearest side of one box to that of the other."""
    (ax, ay), (bx, by) = source.centre, target.centre
    gap_x = max(target.x - source.right, source.x - target.right)
    gap_y = max(target.y - source.bottom, source.y - target.bottom)
    if gap_x >= _STUB or gap_x >= gap_y:
        start = (source.right if bx >= ax else source.x, ay)
        end = (target.x if bx >= ax else target.right, by)
        middle = (start[0] + end[0]) / 2
        return _line(start, (middle, ay), (middle, by), end)
    start = (ax, source.bottom if by >= ay else source.y)
    end = (bx, target.y if by >= ay else target.bottom)
    middle = (start[1] + end[1]) / 2
    return _line(start, (ax, middle), (bx, middle), end)


def _line(start: Point, first: Point, second: Point, end: Point) -> Route:
    points = simplified((start, first, second, end))
    return points if len(points) > 1 else (start, end)
