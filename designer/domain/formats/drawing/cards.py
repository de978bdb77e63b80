"""Draws what lies on the canvas besides edges: cards, the frames of groups, and notes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from designer.domain.catalog.registry import services
from designer.domain.connections.spec import Mode
from designer.domain.formats.drawing.geometry import Box, card_box
from designer.domain.formats.drawing.icons import ICON_SIZE, frame_icon, icon
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
from designer.domain.graph.model import Design, Group, Node, Note
from designer.domain.network.placement import ATTACHABLE, place_of

_LABEL_SIZE: Final = 13.0
_DETAIL_SIZE: Final = 11.0
_TEXT_X: Final = 60.0
_TEXT_WIDTH: Final = 101.0
_LABEL_LINE: Final = 16.0
_DETAIL_LINE: Final = 14.0
_CHIP_SIZE: Final = 9.0
_FRAME_ICON: Final = 26.0
_NOTE_SIZE: Final = 12.0
_NOTE_LINE: Final = 16.0


def card(node: Node, palette: Palette, chips: Sequence[str] = ()) -> str:
    """A node's card: icon, label, below it the service and the settings that matter, and chips on its lower edge."""
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
    return element(
        "g", title, ground, picture, _card_text(node, box, palette), _chips(chips, box, palette), class_="node"
    )


def chips_of(design: Design, node: Node) -> tuple[str, ...]:
    """What the card's lower edge says: whether the node is attached to a VPC, and whether its failures are kept."""
    attached = node.service in ATTACHABLE and node.service != "client" and place_of(design, node).attached
    keeps_failures = any(edge.mode is Mode.FAILURE for edge in design.outgoing(node.id))
    return (*(("VPC",) if attached else ()), *(("DLQ",) if keeps_failures else ()))


def _chips(texts: Sequence[str], box: Box, palette: Palette) -> str:
    drawn, x = [], box.x + _TEXT_X - 4
    for text in texts:
        width = text_width(text, _CHIP_SIZE, SEMIBOLD) + 12
        pill = element(
            "rect",
            x=x + 0.5,
            y=box.bottom - 6.5,
            width=width - 1,
            height=13,
            rx=6.5,
            fill=palette.surface,
            stroke=palette.border_strong,
        )
        drawn.append(pill + _line(text, x + 6, box.bottom + 3.2, _CHIP_SIZE, palette.secondary, weight=SEMIBOLD))
        x += width + 4
    return "".join(drawn)


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
    """A group's titled frame, with icon, line and colour as AWS draws the container."""
    box = group_box(group)
    service = services().get(group.kind)
    look = None if service is None else service.frame
    colour = palette.frames.get(group.kind, palette.border_strong) if look is None else look.colour
    dashed = group.kind not in palette.frames if look is None else look.dashed
    dash = {"stroke_dasharray": "5 4"} if dashed else {}
    pen = {"x": box.x, "y": box.y, "width": box.width, "height": box.height, "rx": 6.0}
    ground = element("rect", **pen, fill=colour, fill_opacity=0.04)
    border = element("rect", **pen, fill="none", stroke=colour, stroke_width=1.5, **dash)
    return element(
        "g", ground, _frame_title(group, box, colour, palette, has_icon=look is not None), border, class_="group"
    )


def _frame_title(group: Group, box: Box, colour: str, palette: Palette, *, has_icon: bool) -> str:
    left = _FRAME_ICON + 7 if has_icon else 8
    words = fitted(clean(group.label), max(0.0, box.width - left - 8), 12, SEMIBOLD)
    plate = element(
        "rect",
        x=box.x,
        y=box.y,
        width=min(box.width, text_width(words, 12, SEMIBOLD) + left + 8),
        height=26,
        rx=6,
        fill=colour,
        fill_opacity=0.16,
    )
    picture = frame_icon(group.kind, box.x, box.y, _FRAME_ICON, palette) if has_icon else ""
    return plate + picture + _line(words, box.x + left, box.y + 17, 12, palette.text, weight=SEMIBOLD)


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
