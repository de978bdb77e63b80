"""Draws a whole design as one self-contained SVG picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from designer.domain.connections.styles import EDGE_STYLES, EdgeStyle
from designer.domain.formats.drawing import legend as legends
from designer.domain.formats.drawing.cards import card, chips_of, frame, group_box, note_box, sticky
from designer.domain.formats.drawing.geometry import Box, Point, around, card_box, points_box
from designer.domain.formats.drawing.icons import icon_shape, symbols
from designer.domain.formats.drawing.lines import end_box, label_plate, line, style_of
from designer.domain.formats.drawing.markup import content, element, number
from designer.domain.formats.drawing.routing import routes
from designer.domain.formats.drawing.theme import PALETTES, Palette
from designer.domain.formats.drawing.typeface import FAMILY, SEMIBOLD, font_faces, text_width
from designer.domain.formats.drawing.wording import clean, fitted
from designer.domain.formats.spec import Theme
from designer.domain.graph.model import Design, Group

_MARGIN: Final = 32.0
_TITLE_SIZE: Final = 20.0
_TITLE_HEIGHT: Final = 44.0
_LEAST_WIDTH: Final = 420.0
_EMPTY_HEIGHT: Final = 96.0


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn design. ``text`` are all words in it; ``width`` and ``height`` are in px."""

    svg: str
    text: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class _Page:
    """The picture's frame on the canvas, and the place of the legend in it."""

    box: Box
    legend_y: float


def draw(design: Design, theme: Theme, *, embed_fonts: bool) -> Picture:
    """The picture of a design: the cards where they were drawn, a title and a legend.

    With ``embed_fonts`` the picture carries its font, for viewers that do not have it.
    """
    palette = PALETTES[theme]
    ways = routes(design)
    styles = _used_styles(design)
    inside = _extent(design, ways) or Box(0, 0, _LEAST_WIDTH, _EMPTY_HEIGHT)
    page = _page(inside, design.name, styles)
    body = "".join(
        (
            element(
                "rect",
                x=page.box.x,
                y=page.box.y,
                width=page.box.width,
                height=page.box.height,
                fill=palette.canvas,
            ),
            *(frame(group, palette) for group in _outer_first(design.groups)),
            *_edges(design, ways, palette),
            *(card(node, palette, chips_of(design, node)) for _, node in sorted(design.nodes.items())),
            *(sticky(design.notes[key], palette) for key in sorted(design.notes)),
            _title(design.name, page.box, palette),
            "" if design.nodes or design.notes or design.groups else _nothing(inside, palette),
            legends.legend(styles, page.box.x + _MARGIN, page.legend_y, page.box.width - 2 * _MARGIN, palette),
        )
    )
    definitions = symbols(_drawn_services(design)) + icon_shape()
    fonts = element("style", font_faces(body)) if embed_fonts else ""
    svg = element(
        "svg",
        element("title", content(clean(design.name))),
        element("defs", fonts, definitions),
        body,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=" ".join(number(value) for value in (page.box.x, page.box.y, page.box.width, page.box.height)),
        width=page.box.width,
        height=page.box.height,
        font_family=f"{FAMILY}, sans-serif",
    )
    return Picture(f'<?xml version="1.0" encoding="UTF-8"?>\n{svg}\n', body, page.box.width, page.box.height)


def _drawn_services(design: Design) -> set[str]:
    return {node.service for node in design.nodes.values()} | {group.kind for group in design.groups.values()}


def _used_styles(design: Design) -> list[EdgeStyle]:
    used = {style_of(design, edge).id for edge in design.edges.values()}
    return [style for style in EDGE_STYLES if style.id in used]


def _extent(design: Design, ways: Mapping[str, Sequence[Point]]) -> Box | None:
    return around(
        [
            *(card_box(node) for node in design.nodes.values()),
            *(group_box(group) for group in design.groups.values()),
            *(note_box(note) for note in design.notes.values()),
            *(points_box(points) for points in ways.values()),
        ]
    )


def _page(inside: Box, name: str, styles: Sequence[EdgeStyle]) -> _Page:
    title_width = min(text_width(clean(name), _TITLE_SIZE, SEMIBOLD), 2 * _LEAST_WIDTH)
    width = max(inside.width, _LEAST_WIDTH, title_width) + 2 * _MARGIN
    legend_rows = len(legends.rows(styles, width - 2 * _MARGIN))
    legend_height = legend_rows * legends.HEIGHT + 24 if legend_rows else 0.0
    top = inside.y - _MARGIN - _TITLE_HEIGHT
    left = inside.x - _MARGIN
    height = inside.bottom + legend_height + _MARGIN - top
    return _Page(Box(left, top, width, height), inside.bottom + 24)


def _outer_first(groups: Mapping[str, Group]) -> list[Group]:
    """Groups in drawing order: those around others below them."""
    return sorted(groups.values(), key=lambda group: (-group.width * group.height, group.id))


def _edges(design: Design, ways: Mapping[str, Sequence[Point]], palette: Palette) -> list[str]:
    ordered = [design.edges[key] for key in sorted(design.edges)]
    drawn = []
    for edge in ordered:
        source, target = design.nodes[edge.source].label, design.nodes[edge.target].label
        title = element("title", content(f"{clean(source)} \N{RIGHTWARDS ARROW} {clean(target)}"))
        drawn.append(element("g", title, line(style_of(design, edge), ways[edge.id], palette), class_="edge"))
    taken = [card_box(node) for node in design.nodes.values()]
    taken.extend(end_box(ways[edge.id]) for edge in ordered)
    for edge in ordered:
        plate = label_plate(edge, ways[edge.id], palette, taken)
        if plate is not None:
            drawn.append(plate[0])
            taken.append(plate[1])
    return drawn


def _title(name: str, box: Box, palette: Palette) -> str:
    words = fitted(clean(name), box.width - 2 * _MARGIN, _TITLE_SIZE, SEMIBOLD)
    return element(
        "text",
        content(words),
        x=box.x + _MARGIN,
        y=box.y + _MARGIN + 16,
        font_size=_TITLE_SIZE,
        font_weight=SEMIBOLD,
        fill=palette.text,
    )


def _nothing(inside: Box, palette: Palette) -> str:
    return element(
        "text",
        content("This design is empty."),
        x=inside.x,
        y=inside.y + 20,
        font_size=13,
        fill=palette.secondary,
    )
