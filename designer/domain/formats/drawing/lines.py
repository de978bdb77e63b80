"""Draws edges: the line and its ends tell the meaning, the colour only repeats it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from designer.domain.connections.spec import Mode
from designer.domain.connections.styles import EDGE_STYLES, EdgeStyle, edge_style
from designer.domain.formats.drawing.geometry import (
    Box,
    Point,
    angle,
    longest_stretch,
    points_box,
    rounded_path,
    toward,
)
from designer.domain.formats.drawing.markup import content, element
from designer.domain.formats.drawing.theme import Palette
from designer.domain.formats.drawing.typeface import text_width
from designer.domain.formats.drawing.wording import edge_headline
from designer.domain.graph.model import Design, Edge

_STYLES: Final = {style.id: style for style in EDGE_STYLES}
_DASHES: Final = {"dashed": "6 4", "dotted": "1.5 4.5", "long_dash": "10 4"}
_FILLED_ARROW: Final = 9.0
_MARK_LENGTH: Final = 18.0
_LABEL_SIZE: Final = 11.0
_LABEL_HEIGHT: Final = 18.0


def style_of(design: Design, edge: Edge) -> EdgeStyle:
    """How the edge is drawn."""
    source = design.nodes[edge.source].service
    return _STYLES[edge_style(edge.mode, edge.flow, source)]


def colour_of(style: EdgeStyle, palette: Palette) -> str:
    """The colour of the line, as ``#rrggbb``."""
    return palette.edges.get(style.id, palette.edge)


def line(style: EdgeStyle, points: Sequence[Point], palette: Palette) -> str:
    """The line with its marks."""
    colour = colour_of(style, palette)
    foot = _FILLED_ARROW if style.end == "filled" else 4.0 if style.line == "double" else 1.0
    last = toward(points[-1], points[-2], min(foot, math.dist(points[-1], points[-2]) / 2))
    path = rounded_path([*points[:-1], last])
    pen = {"d": path, "fill": "none", "stroke_linecap": "round", "stroke_linejoin": "round"}
    drawn = []
    if style.line == "double":
        drawn.append(element("path", **pen, stroke=colour, stroke_width=style.width + 3))
        drawn.append(element("path", **pen, stroke=palette.canvas, stroke_width=style.width))
    else:
        dash = {"stroke_dasharray": _DASHES[style.line]} if style.line in _DASHES else {}
        drawn.append(element("path", **pen, stroke=colour, stroke_width=style.width, **dash))
    if style.start == "diamond":
        drawn.append(_mark("M1 0L6.5 -5L12 0L6.5 5Z", points[0], points[1], colour, palette.canvas))
    drawn.extend(_end(style.end, points, colour, palette))
    return "".join(drawn)


def _end(end: str, points: Sequence[Point], colour: str, palette: Palette) -> list[str]:
    before, at = points[-2], points[-1]
    beyond = (2 * at[0] - before[0], 2 * at[1] - before[1])
    if end == "filled":
        return [_mark("M0 0L-10 -5L-10 5Z", at, beyond, colour, colour, width=0.0)]
    if end == "shield":
        shield = "M-1 0L-2.5 -5C-5 -4.6 -7.6 -5.4 -9.5 -6.4C-12.5 -3 -12.5 3 -9.5 6.4C-7.6 5.4 -5 4.6 -2.5 5Z"
        return [_mark(shield, at, beyond, colour, palette.canvas)]
    marks = [_mark("M-7.5 -5L-0.5 0L-7.5 5", at, beyond, colour, "none", width=1.75)]
    if end == "ring":
        ring = "M-18 0A4 4 0 1 1 -10 0A4 4 0 1 1 -18 0Z"
        marks.append(_mark(ring, at, beyond, colour, palette.canvas))
    return marks


def _mark(path: str, at: Point, goal: Point, colour: str, fill: str, *, width: float = 1.5) -> str:
    """A mark whose origin lies at ``at`` and whose x axis points to ``goal``."""
    return element(
        "path",
        d=path,
        transform=f"translate({at[0]:.2f} {at[1]:.2f}) rotate({angle(at, goal):.1f})",
        fill=fill,
        stroke=colour,
        stroke_width=width,
        stroke_linecap="round",
        stroke_linejoin="round",
    )


def end_box(points: Sequence[Point]) -> Box:
    """The room that the mark at the target takes, which no label should cover."""
    return points_box((points[-1], toward(points[-1], points[-2], _MARK_LENGTH))).grown(4)


def label_plate(edge: Edge, points: Sequence[Point], palette: Palette, taken: Sequence[Box]) -> tuple[str, Box] | None:
    """The edge's headline on a small plate, or None when it has none or no place is free for it."""
    text = edge_headline(edge)
    if not text or edge.mode is Mode.AUTHORIZER:
        return None
    width = text_width(text, _LABEL_SIZE) + 12
    for x, y in _label_places(points, width):
        box = Box(x - width / 2, y - _LABEL_HEIGHT / 2, width, _LABEL_HEIGHT)
        if not any(box.overlaps(other) for other in taken):
            return _plate(text, box, palette), box
    return None


def _label_places(points: Sequence[Point], width: float) -> list[Point]:
    """Where a label may sit: on the longest piece of the line, beside it, and around its middle."""
    first, last = longest_stretch(points)
    x, y = (first[0] + last[0]) / 2, (first[1] + last[1]) / 2
    is_level = abs(first[1] - last[1]) < 1
    beside = [(x, y - 15), (x, y + 15)] if is_level else [(x + width / 2 + 8, y), (x - width / 2 - 8, y)]
    quarters = [
        (first[0] + (last[0] - first[0]) * share, first[1] + (last[1] - first[1]) * share) for share in (0.3, 0.7)
    ]
    short = math.dist(first, last) < (width + 44 if is_level else 64)
    return [*beside, (x, y), *quarters] if short else [(x, y), *quarters, *beside]


def _plate(text: str, box: Box, palette: Palette) -> str:
    plate = element(
        "rect",
        x=box.x,
        y=box.y,
        width=box.width,
        height=box.height,
        rx=6,
        fill=palette.surface,
        stroke=palette.border,
    )
    words = element(
        "text",
        content(text),
        x=box.centre[0],
        y=box.y + 13,
        font_size=_LABEL_SIZE,
        fill=palette.secondary,
        text_anchor="middle",
    )
    return plate + words
