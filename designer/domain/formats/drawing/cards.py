"""Draws what lies on the canvas besides edges: cards, the frames of groups, and notes."""

from __future__ import annotations

from typing import Final

from designer.domain.formats.drawing.geometry import Box, card_box
from designer.domain.formats.drawing.icons import ICON_SIZE, icon
from designer.domain.formats.drawing.markup import content, element
from designer.domain.formats.drawing.theme import Palette
from designer.domain.formats.drawing.typeface import SEMIBOLD, text_width
from designer.domain.formats.drawing.wording import (
    clean,
    fitted,
    node_headline,
    service_name,
    short_service_name,
    wrapped,
)
from designer.domain.graph.model import Group, Node, Note

_LABEL_SIZE: Final = 13.0
_DETAIL_SIZE: Final = 11.0
_TEXT_X: Final = 60.0
_TEXT_WIDTH: Final = 101.0
_LABEL_LINE: Final = 16.0
_DETAIL_LINE: Final = 14.0
_NOTE_SIZE: Final = 12.0
_NOTE_LINE: Final = 16.0


def card(node: Node, palette: Palette) -> str:
    """A node's card: icon, label, and below it the service and the settings that matter."""
    box = card_box(node)
    ground = element(
        "rect",
        x=box.x + 0.5,
        y=box.y + 0.5,
        width=box.width - 1,
        height=box.height - 1,
        rx=12,
        fill=palette.surface,
        stroke=palette.border_strong,
    )
    picture = icon(node.service, box.x + 10, box.y + (box.height - ICON_SIZE) / 2, palette)
    title = element("title", content(f"{clean(node.label)} ({service_name(node)})"))
    return element("g", title, ground, picture, _card_text(node, box, palette), class_="node")


def _card_text(node: Node, box: Box, palette: Palette) -> str:
    label = wrapped(clean(node.label), _TEXT_WIDTH, _LABEL_SIZE, SEMIBOLD) or [""]
    headline = fitted(node_headline(node), _TEXT_WIDTH, _DETAIL_SIZE)
    details = [short_service_name(node, _TEXT_WIDTH, _DETAIL_SIZE), headline]
    shown = [text for text in details if text][: 3 - len(label)]
    y = box.y + (box.height - len(label) * _LABEL_LINE - len(shown) * _DETAIL_LINE) / 2
    lines = []
    for text in label:
        lines.append(_line(text, box.x + _TEXT_X, y + 12.5, _LABEL_SIZE, palette.text, weight=SEMIBOLD))
        y += _LABEL_LINE
    for text in shown:
        lines.append(_line(text, box.x + _TEXT_X, y + 10.5, _DETAIL_SIZE, palette.secondary))
        y += _DETAIL_LINE
    return "".join(lines)


def _line(text: str, x: float, y: float, size: float, colour: str, *, weight: int | None = None) -> str:
    bold = {} if weight is None else {"font_weight": weight}
    return element("text", content(text), x=x, y=y, font_size=size, fill=colour, **bold)


def group_box(group: Group) -> Box:
    """Where the group's frame lies."""
    return Box(group.x, group.y, max(0.0, group.width), max(0.0, group.height))


def frame(group: Group, palette: Palette) -> str:
    """A group's titled frame; dashed for a Region and a plain group, as AWS draws them."""
    box = group_box(group)
    colour = palette.frames.get(group.kind, palette.border_strong)
    dash = {"stroke_dasharray": "5 4"} if group.kind == "region" or group.kind not in palette.frames else {}
    pen = {"x": box.x, "y": box.y, "width": box.width, "height": box.height, "rx": 6.0}
    ground = element("rect", **pen, fill=colour, fill_opacity=0.04)
    border = element("rect", **pen, fill="none", stroke=colour, stroke_width=1.5, **dash)
    words = fitted(clean(group.label), max(0.0, box.width - 16), 12, SEMIBOLD)
    plate = element(
        "rect",
        x=box.x,
        y=box.y,
        width=min(box.width, text_width(words, 12, SEMIBOLD) + 16),
        height=26,
        rx=6,
        fill=colour,
        fill_opacity=0.16,
    )
    title = _line(words, box.x + 8, box.y + 17, 12, palette.text, weight=SEMIBOLD)
    return element("g", ground, plate, border, title, class_="group")


def note_box(note: Note) -> Box:
    """Where the note lies."""
    return Box(note.x, note.y, max(0.0, note.width), max(0.0, note.height))


def sticky(note: Note, palette: Palette) -> str:
    """A note; text that does not fit its height is cut."""
    box = note_box(note)
    ground = element(
        "rect",
        x=box.x,
        y=box.y,
        width=box.width,
        height=box.height,
        rx=6,
        fill=palette.note,
        stroke=palette.note_border,
    )
    most = max(1, int((box.height - 14) // _NOTE_LINE))
    width = max(20.0, box.width - 20)
    lines: list[str] = []
    for paragraph in note.text.splitlines():
        room = most - len(lines)
        if room <= 0:
            break
        lines.extend(wrapped(clean(paragraph), width, _NOTE_SIZE, most=room) or [""])
    words = [
        _line(text, box.x + 10, box.y + 19 + index * _NOTE_LINE, _NOTE_SIZE, palette.text)
        for index, text in enumerate(lines)
        if text
    ]
    return element("g", ground, *words, class_="note")
