"""Reads Windtunnel's own design files (``docs/design-format.md``)."""

from __future__ import annotations

from designer.domain.formats.json_text import read_json
from designer.domain.formats.spec import FormatError, Imported, Importer, ImportReport
from designer.domain.graph.document import FORMAT, DocumentError, design_from_json


def _detect(name: str, text: str) -> bool:
    del name
    return text.lstrip().startswith("{") and (
        f'"{FORMAT}"' in text or ('"nodes"' in text and '"Resources"' not in text)
    )


def _read(name: str, text: str) -> Imported:
    del name
    try:
        design = design_from_json(read_json(text))
    except DocumentError as error:
        raise FormatError(error.problem, path=error.path) from None
    return Imported(design, ImportReport(format="Windtunnel design"))


IMPORTER = Importer(id="json", label="Windtunnel design", suffixes=(".json",), detect=_detect, read=_read, priority=1)
