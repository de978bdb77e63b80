"""The legend of a picture: what the kinds of lines in it mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from designer.domain.connections.styles import EdgeStyle
from designer.domain.formats.drawing.lines import line
from designer.domain.formats.drawing.markup import content, element
from designer.domain.formats.drawing.theme import Palette
from designer.domain.formats.drawing.typeface import text_width

HEIGHT: Final = 20.0
"""Height of one row of the legend, in px."""
_SAMPLE: Final = 44.0
_SIZE: Final = 11.0
_GAP: Final = 22.0


def _entry_width(style: EdgeStyle) -> float:
    return _SAMPLE + 8 + text_width(style.label, _SIZE) + _GAP


def rows(styles: Sequence[EdgeStyle], width: float) -> list[list[EdgeStyle]]:
    """The entries, row by row, so that none is wider than ``width`` px if it can be avoided."""
    found: list[list[EdgeStyle]] = []
    used = 0.0
    for style in styles:
        needed = _entry_width(style)
        if not found or used + needed - _GAP > width:
            found.append([])
            used = 0.0
        found[-1].append(style)
        used += needed
    return found


def legend(styles: Sequence[EdgeStyle], x: float, y: float, width: float, palette: Palette) -> str:
    """The legend with its top-left corner at ``(x, y)``."""
    drawn = []
    for index, row in enumerate(rows(styles, width)):
        left, middle = x, y + index * HEIGHT + HEIGHT / 2
        for style in row:
            drawn.append(line(style, ((left, middle), (left + _SAMPLE, middle)), palette))
            drawn.append(
                element(
                    "text",
                    content(style.label),
                    x=left + _SAMPLE + 8,
                    y=middle + 4,
                    font_size=_SIZE,
                    fill=palette.secondary,
                )
            )
            left += _entry_width(style)
    return element("g", *drawn, class_="legend")
