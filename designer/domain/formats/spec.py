"""What an importer and an exporter are, and what they give back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from designer.domain.graph.model import Design


class FormatError(ValueError):
    """A file cannot be read or written.

    ``path`` names the place inside the file (``Resources.Queue.Type``) and ``line`` its line,
    counted from 1; either may be missing. ``str()`` of the error holds everything there is.
    """

    def __init__(self, message: str, *, path: str = "", line: int | None = None, column: int | None = None) -> None:
        self.message = message
        self.path = path
        self.line = line
        self.column = column
        place = []
        if line is not None:
            place.append(f"line {line}" if column is None else f"line {line}, column {column}")
        if path:
            place.append(path)
        super().__init__(": ".join([", ".join(place), message]) if place else message)


class Theme(StrEnum):
    """Colours of an exported picture."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class UnknownResource:
    """A resource whose type the catalog does not know: it became a plain node."""

    id: str
    type: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What a person should know about an import besides the design itself."""

    format: str
    """Name of the format that was read, e.g. ``CloudFormation template``."""
    unknown: tuple[UnknownResource, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Imported:
    """A design that was read from a file."""

    design: Design
    report: ImportReport


@dataclass(frozen=True, slots=True)
class Exported:
    """A file that was written from a design."""

    content: bytes
    media_type: str
    suffix: str


@dataclass(frozen=True, slots=True)
class Importer:
    """One format that can be read. Importers are asked in the order of ``priority``, lowest first."""

    id: str
    label: str
    suffixes: tuple[str, ...]
    detect: Callable[[str, str], bool]
    """``detect(file name, text)``: whether the text looks like this format; cheap, never raises."""
    read: Callable[[str, str], Imported]
    """``read(file name, text)``: the design, or :class:`FormatError`."""
    priority: int = 10


@dataclass(frozen=True, slots=True)
class Exporter:
    """One format that can be written."""

    id: str
    label: str
    media_type: str
    suffix: str
    write: Callable[[Design, Theme], bytes]
