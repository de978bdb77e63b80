"""Writes a design as an SVG picture that carries its icons and its font with it."""

from __future__ import annotations

from designer.domain.formats.drawing.picture import draw
from designer.domain.formats.spec import Exporter, Theme
from designer.domain.graph.model import Design


def _write(design: Design, theme: Theme) -> bytes:
    return draw(design, theme, embed_fonts=True).svg.encode()


EXPORTER = Exporter(id="svg", label="SVG picture", media_type="image/svg+xml", suffix=".svg", write=_write)
