"""The icons of services as SVG symbols, and drawn glyphs for what has no icon."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

from designer.domain.catalog.registry import services
from designer.domain.formats.drawing.markup import element
from designer.domain.formats.drawing.theme import Palette

ICON_SIZE: Final = 40.0
_FOLDER: Final = Path(__file__).parent.parent / "assets" / "icons"
_SVG: Final = re.compile(r"<svg(?P<attributes>[^>]*)>(?P<inside>.*)</svg>", re.DOTALL)
_VIEW_BOX: Final = re.compile(r'viewBox="([^"]+)"')
_TITLE: Final = re.compile(r"<title>.*?</title>", re.DOTALL)
_PEOPLE: Final = (
    "M16 21v-2a4 4 0 0 0-4-4H6a4 4 0 0 0-4 4v2",
    "M5 7a4 4 0 1 0 8 0a4 4 0 1 0-8 0",
    "M22 21v-2a4 4 0 0 0-3-3.87",
    "M16 3.13a4 4 0 0 1 0 7.75",
)
_CUBE: Final = (
    "M12 2.5L20.5 7.3V16.7L12 21.5L3.5 16.7V7.3Z",
    "M3.8 7.4L12 12L20.2 7.4",
    "M12 12V21.3",
)


@cache
def _icon(service_id: str) -> tuple[str, str] | None:
    """View box and content of the service's icon."""
    if service_id not in services():
        return None
    path = _FOLDER / f"{service_id}.svg"
    if not path.exists():
        return None
    svg = _SVG.search(_TITLE.sub("", path.read_text(encoding="utf-8")))
    box = None if svg is None else _VIEW_BOX.search(svg["attributes"])
    if svg is None or box is None:
        raise ValueError(f"{path.name} is not an icon with a view box")
    inside = svg["inside"]
    return box[1], f'<g fill="none">{inside}</g>' if 'fill="none"' in svg["attributes"] else inside


def symbols(service_ids: set[str]) -> str:
    """Definitions of the icons that a picture uses, each once."""
    drawn = []
    for service_id in sorted(service_ids):
        icon = _icon(service_id)
        if icon is not None:
            drawn.append(element("symbol", icon[1], id=f"icon-{service_id}", viewBox=icon[0]))
    return "".join(drawn)


def icon(service_id: str, x: float, y: float, palette: Palette) -> str:
    """The service's icon with its top-left corner at ``(x, y)``; a neutral glyph for an unknown service."""
    if _icon(service_id) is None:
        return _glyph(service_id, x, y, palette)
    service = services()[service_id]
    if not service.icon.startswith("resource/"):
        return _use(service_id, x, y, ICON_SIZE)
    # Resource icons are bare line drawings: they get the ground that service icons have.
    ground = element(
        "rect",
        x=x + 0.5,
        y=y + 0.5,
        width=ICON_SIZE - 1,
        height=ICON_SIZE - 1,
        rx=8,
        fill=palette.icon_ground,
        stroke=palette.border,
    )
    return ground + _use(service_id, x + 4, y + 4, ICON_SIZE - 8)


def _use(service_id: str, x: float, y: float, size: float) -> str:
    clip = {"clip_path": "url(#icon-shape)"} if size == ICON_SIZE else {}
    use = element("use", href=f"#icon-{service_id}", width=size, height=size)
    return element("g", element("g", use, **clip), transform=f"translate({x:.2f} {y:.2f})")


def frame_icon(kind: str, x: float, y: float, size: float, palette: Palette) -> str:
    """The icon in the corner of a container's frame; a bare line drawing gets a ground."""
    service = services()[kind]
    ground = (
        ""
        if not service.icon.startswith("resource/")
        else element("rect", x=x, y=y, width=size, height=size, rx=5, fill=palette.icon_ground)
    )
    return ground + element("use", href=f"#icon-{kind}", x=x, y=y, width=size, height=size)


def icon_shape() -> str:
    """The rounded square that service icons are cut to."""
    return element("clipPath", element("rect", width=ICON_SIZE, height=ICON_SIZE, rx=8), id="icon-shape")


def _glyph(service_id: str, x: float, y: float, palette: Palette) -> str:
    service = services().get(service_id)
    strokes = _PEOPLE if service is not None and service.entry_point else _CUBE
    middle = ICON_SIZE / 2
    disc = element("circle", cx=x + middle, cy=y + middle, r=middle, fill=palette.sunken)
    lines = "".join(element("path", d=stroke) for stroke in strokes)
    return disc + element(
        "g",
        lines,
        transform=f"translate({x + middle - 11:.2f} {y + middle - 11:.2f}) scale(0.9167)",
        fill="none",
        stroke=palette.secondary,
        stroke_width=1.75,
        stroke_linecap="round",
        stroke_linejoin="round",
    )
