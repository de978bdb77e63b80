"""Writes Windtunnel's own design files: sorted, indented, the same bytes for the same design."""

from __future__ import annotations

import json

from designer.domain.formats.spec import Exporter, Theme
from designer.domain.graph.document import design_to_json
from designer.domain.graph.model import Design


def _write(design: Design, theme: Theme) -> bytes:
    del theme
    data = _plain(design_to_json(design))
    text = json.dumps(data, indent=2, sort_keys=True, ensure_ascii=False, allow_nan=False)
    # Half a surrogate pair has no UTF-8 form; written as \uXXXX it is what JSON itself calls it.
    return f"{text}\n".encode(errors="backslashreplace")


def _plain(value: object) -> object:
    """Numbers without a fraction as a person writes them: 300, not 300.0."""
    if isinstance(value, float) and abs(value) < 1e15 and value == int(value):
        return int(value)
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value


EXPORTER = Exporter(id="json", label="Windtunnel design", media_type="application/json", suffix=".json", write=_write)
