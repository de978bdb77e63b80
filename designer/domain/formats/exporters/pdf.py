"""Writes a design as a one-page PDF document with vector graphics and text that can be searched."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import typst

from designer.domain.formats.drawing.picture import draw
from designer.domain.formats.drawing.typeface import FONT_FILES
from designer.domain.formats.drawing.wording import clean
from designer.domain.formats.spec import Exporter, Theme
from designer.domain.graph.model import Design

# No date: the same design gives the same bytes.
_PAGE: Final = b"""
#set document(title: sys.inputs.title, date: none)
#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg")
"""


def _write(design: Design, theme: Theme) -> bytes:
    picture = draw(design, theme, embed_fonts=False)
    content: bytes = typst.compile(
        _PAGE,
        format="pdf",
        font_paths=typst.Fonts(font_paths=[*{Path(file).parent for file in FONT_FILES}]),
        sys_inputs={"svg": picture.svg, "title": clean(design.name)},
    )
    return content


EXPORTER = Exporter(id="pdf", label="PDF document", media_type="application/pdf", suffix=".pdf", write=_write)
