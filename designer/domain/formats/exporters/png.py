"""Writes a design as a PNG picture at twice the size of the canvas."""

from __future__ import annotations

import math
from typing import Final

import resvg_py

from designer.domain.formats.drawing.picture import draw
from designer.domain.formats.drawing.typeface import FAMILY, FONT_FILES, is_covered
from designer.domain.formats.spec import Exporter, FormatError, Theme
from designer.domain.graph.model import Design

_ZOOM: Final = 2
_LARGEST_SIDE_PX: Final = 16_000
_LARGEST_AREA_PX: Final = 60_000_000
"""Beyond these the picture gets smaller: most viewers cannot show it, and a pixel takes 4 bytes of memory."""


def _write(design: Design, theme: Theme) -> bytes:
    picture = draw(design, theme, embed_fonts=False)
    largest = _LARGEST_SIDE_PX / max(picture.width, picture.height)
    zoom = min(_ZOOM, largest, math.sqrt(_LARGEST_AREA_PX / (picture.width * picture.height)))
    try:
        content = resvg_py.svg_to_bytes(
            svg_string=picture.svg,
            width=max(1, round(picture.width * zoom)),
            dpi=96,
            font_family=FAMILY,
            sans_serif_family=FAMILY,
            font_files=list(FONT_FILES),
            skip_system_fonts=is_covered(picture.text),
        )
    except ValueError as error:
        raise FormatError(f"the picture could not be drawn: {error}") from None
    return bytes(content)


EXPORTER = Exporter(id="png", label="PNG picture", media_type="image/png", suffix=".png", write=_write)
