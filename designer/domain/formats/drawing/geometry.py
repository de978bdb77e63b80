"""Points, boxes and lines of a picture, in canvas pixels with y downwards."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from designer.domain.formats.drawing.markup import number
from designer.domain.formats.layout import CARD_HEIGHT, CARD_WIDTH
from designer.domain.graph.model import Node

CORNER: Final = 10.0
"""Radius of the bends of a line."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; ``x`` and ``y`` are its top-left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def centre(self) -> Point:
        return self.x + self.width / 2, self.y + self.height / 2

    def grown(self, by: float) -> Box:
        return Box(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)

    def overlaps(self, other: Box) -> bool:
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom


def card_box(node: Node) -> Box:
    """Where the node's card lies."""
    return Box(node.x, node.y, CARD_WIDTH, CARD_HEIGHT)


def around(boxes: Iterable[Box]) -> Box | None:
    """The smallest box around all of them; None when there are none."""
    every = list(boxes)
    if not every:
        return None
    left, top = min(box.x for box in every), min(box.y for box in every)
    return Box(left, top, max(box.right for box in every) - left, max(box.bottom for box in every) - top)


def points_box(points: Sequence[Point]) -> Box:
    """The box around the points of a line."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def simplified(points: Iterable[Point]) -> list[Point]:
    """The points without those that coincide or lie on a straight line between their neighbours."""
    kept: list[Point] = []
    for point in points:
        if kept and math.dist(kept[-1], point) < 0.5:
            continue
        if len(kept) > 1 and _is_between(kept[-2], kept[-1], point):
            kept.pop()
        kept.append(point)
    return kept


def _is_between(first: Point, middle: Point, last: Point) -> bool:
    return any(abs(first[axis] - middle[axis]) < 0.5 and abs(middle[axis] - last[axis]) < 0.5 for axis in (0, 1))


def toward(start: Point, goal: Point, length: float) -> Point:
    """The point ``length`` px away from ``start`` in the direction of ``goal``."""
    whole = math.dist(start, goal) or 1.0
    return (
        start[0] + (goal[0] - start[0]) * length / whole,
        start[1] + (goal[1] - start[1]) * length / whole,
    )


def rounded_path(points: Sequence[Point]) -> str:
    """The points as an SVG path whose corners are rounded."""
    path = [f"M{_pair(points[0])}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        radius = min(CORNER, math.dist(before, corner) / 2, math.dist(corner, after) / 2)
        path.append(f"L{_pair(toward(corner, before, radius))}Q{_pair(corner)} {_pair(toward(corner, after, radius))}")
    path.append(f"L{_pair(points[-1])}")
    return "".join(path)


def _pair(point: Point) -> str:
    return f"{number(point[0])} {number(point[1])}"


def angle(start: Point, goal: Point) -> float:
    """Direction from ``start`` to ``goal`` in degrees, clockwise from the right."""
    return math.degrees(math.atan2(goal[1] - start[1], goal[0] - start[0]))


def longest_stretch(points: Sequence[Point]) -> tuple[Point, Point]:
    """The two ends of the longest straight piece of a line."""
    return max(pairwise(points), key=lambda piece: math.dist(*piece))
