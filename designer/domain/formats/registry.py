"""Finds every importer and exporter, and reads and writes files through them.

An importer is a module in :mod:`designer.domain.formats.importers` with a constant
``IMPORTER``, an exporter one in :mod:`designer.domain.formats.exporters` with ``EXPORTER``.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from pathlib import PurePath
from types import MappingProxyType, ModuleType
from typing import Final

from designer.domain.formats import exporters as exporters_package
from designer.domain.formats import importers as importers_package
from designer.domain.formats.spec import (
    Exported,
    Exporter,
    FormatError,
    Imported,
    Importer,
    ImportReport,
    Theme,
    UnknownResource,
)
from designer.domain.graph.model import Design

__all__ = [
    "MAXIMUM_BYTES",
    "Exported",
    "Exporter",
    "FormatError",
    "ImportReport",
    "Imported",
    "Importer",
    "Theme",
    "UnknownResource",
    "export_design",
    "exporters",
    "import_file",
    "importers",
]

MAXIMUM_BYTES: Final = 5_000_000
"""Size of the largest file that is read; CloudFormation itself takes at most 1 MB."""


@cache
def importers() -> Mapping[str, Importer]:
    """Every importer by its id, in the order in which they are asked."""
    found: list[Importer] = [module.IMPORTER for module in _modules(importers_package)]
    return MappingProxyType({importer.id: importer for importer in sorted(found, key=lambda i: (i.priority, i.id))})


@cache
def exporters() -> Mapping[str, Exporter]:
    """Every exporter by its id, in the alphabetical order of the ids."""
    found: list[Exporter] = [module.EXPORTER for module in _modules(exporters_package)]
    return MappingProxyType({exporter.id: exporter for exporter in sorted(found, key=lambda e: e.id)})


def _modules(package: ModuleType) -> list[ModuleType]:
    names = sorted(module_info.name for module_info in pkgutil.iter_modules(package.__path__))
    return [importlib.import_module(f"{package.__name__}.{name}") for name in names]


def import_file(name: str, content: bytes) -> Imported:
    """Read a file in whichever known format it has. Raises :class:`FormatError`, and nothing else, for a bad one."""
    text = _text(content)
    suffix = PurePath(name).suffix.lower()
    for importer in importers().values():
        if importer.detect(name, text):
            return importer.read(name, text)
    by_suffix = [importer for importer in importers().values() if suffix in importer.suffixes]
    if by_suffix:
        return by_suffix[-1].read(name, text)
    known = ", ".join(importer.label for importer in importers().values())
    raise FormatError(f"is in no known format ({known})")


def _text(content: bytes) -> str:
    if len(content) > MAXIMUM_BYTES:
        raise FormatError(
            f"is {len(content) / 1e6:,.1f} MB; the largest file that is read has {MAXIMUM_BYTES / 1e6:,.0f} MB"
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise FormatError(f"is not text in UTF-8 (byte {error.start + 1:,})", line=line) from None
    if not text.strip():
        raise FormatError("is empty")
    return text


def export_design(design: Design, format_id: str, *, theme: str = Theme.LIGHT) -> Exported:
    """Write a design. Raises :class:`FormatError` for a format or theme that does not exist."""
    exporter = exporters().get(format_id)
    if exporter is None:
        raise FormatError(f"there is no export format {format_id!r}; it must be one of {', '.join(exporters())}")
    try:
        colours = Theme(theme)
    except ValueError:
        raise FormatError(f"there is no theme {theme!r}; it must be light or dark") from None
    return Exported(exporter.write(design, colours), exporter.media_type, exporter.suffix)
