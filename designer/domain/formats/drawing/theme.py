"""The colours of an exported picture: the same as the canvas has them, light and dark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from designer.domain.formats.spec import Theme


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as ``#rrggbb``. ``edges`` is by the id of an edge style; other edges take ``edge``."""

    canvas: str
    surface: str
    sunken: str
    border: str
    border_strong: str
    text: str
    secondary: str
    icon_ground: str
    edge: str
    edges: Mapping[str, str]
    frames: Mapping[str, str]
    note: str
    note_border: str


_FRAMES: Final = MappingProxyType({"subnet": "#7aa116"})
"""Kinds of frames that are no container of the catalog."""

PALETTES: Final[Mapping[Theme, Palette]] = MappingProxyType(
    {
        Theme.LIGHT: Palette(
            canvas="#f9fafc",
            surface="#ffffff",
            sunken="#f1f3f7",
            border="#e2e6ed",
            border_strong="#c6cdd8",
            text="#161b26",
            secondary="#566074",
            icon_ground="#ffffff",
            edge="#545f73",
            edges=MappingProxyType(
                {
                    "polled": "#4f46e5",
                    "stream": "#4f46e5",
                    "failure": "#b4432b",
                    "delivery": "#0f7a86",
                    "authorizer": "#6b7688",
                }
            ),
            frames=_FRAMES,
            note="#fdf2dd",
            note_border="#ead0a4",
        ),
        Theme.DARK: Palette(
            canvas="#10141b",
            surface="#161b23",
            sunken="#1f2631",
            border="#29303b",
            border_strong="#414b5b",
            text="#eaedf3",
            secondary="#a3adbd",
            icon_ground="#ffffff",
            edge="#9aa5b6",
            edges=MappingProxyType(
                {
                    "polled": "#9b9cff",
                    "stream": "#9b9cff",
                    "failure": "#f08a70",
                    "delivery": "#55bac5",
                    "authorizer": "#8f99aa",
                }
            ),
            frames=_FRAMES,
            note="#382a11",
            note_border="#6b5423",
        ),
    }
)
