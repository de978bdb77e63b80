"""Writes a design as a one-page PDF document with vector graphics and text that can be searched."""

from __future__ import annotations

import re
from typing import Final

from designer.domain.formats.drawing.picture import draw
from designer.domain.formats.drawing.system_fonts import offer_fonts
from designer.domain.formats.drawing.typeface import FONT_FILES
from designer.domain.formats.spec import Exporter, FormatError, Theme
from designer.domain.graph.model import Design

_DATE: Final = re.compile(rb"/CreationDate \([^)]*\)")


def _write(design: Design, theme: Theme) -> bytes:
    try:
        # Loads the machine's Cairo library, which the other formats must not depend on.
        import cairosvg  # noqa: PLC0415
    except OSError:
        raise FormatError(
            "a PDF needs the Cairo graphics library, which this machine lacks (package libcairo2 on Debian and "
            "Ubuntu, cairo elsewhere); SVG and PNG work without it"
        ) from None
    offer_fonts(FONT_FILES)
    picture = draw(design, theme, embed_fonts=False)
    content: bytes = cairosvg.svg2pdf(bytestring=picture.svg.encode(), dpi=96)
    return _DATE.sub(_blank, content)


def _blank(found: re.Match[bytes]) -> bytes:
    """Spaces in place of the moment of writing: the same design gives the same bytes, and no offset moves."""
    return b" " * len(found[0])


EXPORTER = Exporter(id="pdf", label="PDF document", media_type="application/pdf", suffix=".pdf", write=_write)
