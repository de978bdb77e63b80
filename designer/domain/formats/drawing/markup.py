"""Builds SVG text: elements with escaped attributes and content."""

from __future__ import annotations

from typing import Final
from xml.sax.saxutils import escape, quoteattr

Attribute = str | int | float

_NAMES: Final = {"class_": "class"}


def element(name: str, *children: str, **attributes: Attribute) -> str:
    """An element around children that are markup already. ``stroke_width=2`` becomes ``stroke-width="2"``."""
    opening = "".join(
        f" {_NAMES.get(key, key.replace('_', '-'))}={quoteattr(_text(value))}" for key, value in attributes.items()
    )
    return f"<{name}{opening}>{''.join(children)}</{name}>" if children else f"<{name}{opening}/>"


def content(text: str) -> str:
    """Text between tags."""
    return escape(text)


def number(value: float) -> str:
    """A coordinate in px with at most two decimals."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _text(value: Attribute) -> str:
    return value if isinstance(value, str) else number(value)
