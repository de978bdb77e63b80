"""The fonts of exported pictures: how wide text is, and what a picture has to carry to show it.

Widths are read from the font files themselves (OpenType tables ``head``, ``hhea``, ``hmtx`` and
``cmap``), so that text fits its card on every machine.
"""

from __future__ import annotations

import base64
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

FAMILY: Final = "Inter"
REGULAR: Final = 400
SEMIBOLD: Final = 600
_FOLDER: Final = Path(__file__).parent.parent / "assets" / "fonts"
_FILES: Final = {REGULAR: _FOLDER / "Inter-Regular.ttf", SEMIBOLD: _FOLDER / "Inter-SemiBold.ttf"}
FONT_FILES: Final = tuple(str(path) for path in _FILES.values())
_MISSING_EM: Final = 1.0
"""Advance assumed for a character that the font lacks: ideographs and emoji are about one em wide."""

_SUBSETS: Final = (
    (
        "latin",
        "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122,U+2191,U+2193",
    ),
    ("latin-ext", "U+0100-0130,U+0132-0151,U+0154-02BA,U+02BD-02C5,U+02C7-02CC,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF"),
    ("vietnamese", "U+0300-0301,U+0303-0304,U+0308-0309,U+0323,U+1EA0-1EF1,U+20AB"),
    ("cyrillic", "U+0400-045F,U+0490-0491,U+04B0-04B1,U+2116"),
    ("cyrillic-ext", "U+0460-048F,U+0492-04AF,U+04B2-052F,U+1C80-1C8A"),
    ("greek", "U+0370-03FF"),
    ("greek-ext", "U+1F00-1FFF"),
)


@dataclass(frozen=True, slots=True)
class _Metrics:
    """Advance widths in em, by code point."""

    advances: Mapping[int, float]


def text_width(text: str, size: float, weight: int = REGULAR) -> float:
    """Width of a line of text in px. ``size`` is the font size in px; kerning is left out."""
    advances = _metrics(weight).advances
    return size * sum(advances.get(ord(character), _MISSING_EM) for character in text)


def is_covered(text: Iterable[str]) -> bool:
    """Whether the shipped fonts have every character; if not, the fonts of the machine are needed."""
    advances = _metrics(REGULAR).advances
    return all(ord(character) in advances or character.isspace() for character in text)


def font_faces(characters: Iterable[str]) -> str:
    """CSS that embeds those parts of the font that hold the characters."""
    needed = {ord(character) for character in characters}
    rules = []
    for name, ranges in _SUBSETS:
        if name == "latin" or any(first <= point <= last for first, last in _ranges(ranges) for point in needed):
            data = base64.b64encode((_FOLDER / f"inter-{name}.woff2").read_bytes()).decode()
            rules.append(
                f'@font-face{{font-family:"{FAMILY}";font-style:normal;font-weight:100 900;'
                f'src:url(data:font/woff2;base64,{data}) format("woff2");unicode-range:{ranges}}}'
            )
    return "".join(rules)


def _ranges(text: str) -> list[tuple[int, int]]:
    found = []
    for part in text.split(","):
        first, _, last = part.removeprefix("U+").partition("-")
        found.append((int(first, 16), int(last or first, 16)))
    return found


@cache
def _metrics(weight: int) -> _Metrics:
    data = _FILES[weight].read_bytes()
    tables = _tables(data)
    (units_per_em,) = struct.unpack_from(">H", data, tables["head"] + 18)
    (long_metrics,) = struct.unpack_from(">H", data, tables["hhea"] + 34)
    glyph_advances = [struct.unpack_from(">H", data, tables["hmtx"] + 4 * glyph)[0] for glyph in range(long_metrics)]
    return _Metrics(
        {
            point: glyph_advances[min(glyph, long_metrics - 1)] / units_per_em
            for point, glyph in _character_map(data, tables["cmap"]).items()
        }
    )


def _tables(data: bytes) -> dict[str, int]:
    (count,) = struct.unpack_from(">H", data, 4)
    records = (struct.unpack_from(">4sLLL", data, 12 + 16 * index) for index in range(count))
    return {tag.decode("ascii"): offset for tag, _, offset, _ in records}


def _character_map(data: bytes, start: int) -> dict[int, int]:
    """Glyph numbers by code point, from the Unicode subtable of format 4 (OpenType ``cmap``)."""
    (count,) = struct.unpack_from(">H", data, start + 2)
    for index in range(count):
        _, _, offset = struct.unpack_from(">HHL", data, start + 4 + 8 * index)
        at = start + offset
        if struct.unpack_from(">H", data, at)[0] == 4:
            return _format_4(data, at)
    raise ValueError("the font has no character map of format 4")


def _format_4(data: bytes, at: int) -> dict[int, int]:
    (doubled,) = struct.unpack_from(">H", data, at + 6)
    count = doubled // 2
    ends = struct.unpack_from(f">{count}H", data, at + 14)
    starts = struct.unpack_from(f">{count}H", data, at + 16 + doubled)
    deltas = struct.unpack_from(f">{count}h", data, at + 16 + 2 * doubled)
    offsets_at = at + 16 + 3 * doubled
    offsets = struct.unpack_from(f">{count}H", data, offsets_at)
    found: dict[int, int] = {}
    for segment, (first, last, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        for point in range(first, min(last, 0xFFFE) + 1):
            glyph = point
            if offset:
                place = offsets_at + 2 * segment + offset + 2 * (point - first)
                (glyph,) = struct.unpack_from(">H", data, place)
                if glyph == 0:
                    continue
            number = (glyph + delta) & 0xFFFF
            if number:
                found[point] = number
    return found
