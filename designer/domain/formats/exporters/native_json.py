"""Writes Windtunnel's own design files: sorted, indented, the same bytes for the same design."""

from __future__ import annotations

import json

from designer.domain.formats.spec import Exporter, Theme
from designer.domain.graph.document import design_to_json
from designer.domain.graph.model import Design


def _write(design: Design, theme: Theme) -> bytes:
    del theme
    text = json.dumps(design_to_json(design), indent=2, sort_keys=True, ensure_ascii=False, allow_nan=False)
    return f"{text}\n".encode()


EXPORTER = Exporter(id="json", label="Windtunnel design", media_type="application/json", suffix=".json", write=_write)
