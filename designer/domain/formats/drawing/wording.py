"""The texts of a picture: how settings are written, and how text is made to fit."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable
from typing import Final

from designer.domain.catalog.registry import services
from designer.domain.catalog.spec import Kind, Parameter, Value
from designer.domain.formats.drawing.typeface import REGULAR, text_width
from designer.domain.graph.model import Edge, Node

ELLIPSIS: Final = "…"
_INVISIBLE: Final = frozenset({"Cf", "Cs", "Co", "Cn"})
_BREAK_AFTER: Final = frozenset("-_./: ")


def service_name(node: Node) -> str:
    """What the node is: its service, or the type of a resource that the catalog does not know."""
    resource_type = node.value("resource_type")
    if isinstance(resource_type, str) and resource_type:
        return clean(resource_type)
    service = services().get(node.service)
    return node.service if service is None else service.name


def short_service_name(node: Node, width: float, size: float) -> str:
    """The same in ``width`` px: for a long name the catalog's short one, e.g. ``Event bus``."""
    name = service_name(node)
    service = services().get(node.service)
    if service is not None and name == service.name and text_width(name, size) > width:
        name = service.label[:1].upper() + service.label[1:]
    return fitted(name.removeprefix("AWS::"), width, size)


def node_headline(node: Node) -> str:
    """The one or two settings that matter, e.g. ``512 MB, 30 s``."""
    service = services().get(node.service)
    if service is None:
        return ""
    return _headline(service.parameters, node.value, skip="resource_type")


def edge_headline(edge: Edge) -> str:
    """What stands on an edge, e.g. ``batch 10``; empty for most."""
    row = edge.row
    if row is None:
        return ""
    texts = {"batch_size": "batch {}", "max_receive_count": "after {}"}
    shown = []
    for parameter in row.parameters:
        value = edge.value(parameter.id)
        if not parameter.headline or value is None or value == "":
            continue
        if parameter.kind is Kind.JSON:
            shown.append("filter")
        elif parameter.id in texts:
            shown.append(texts[parameter.id].format(value))
        else:
            shown.append(show_value(parameter, value))
    return fitted(", ".join(filter(None, shown)), 130, 11)


def _headline(parameters: tuple[Parameter, ...], value_of: Callable[[str], Value], skip: str) -> str:
    shown = (show_value(p, value_of(p.id)) for p in parameters if p.headline and p.id != skip)
    return ", ".join(text for text in shown if text)


def show_value(parameter: Parameter, value: Value) -> str:
    """A parameter's value with its unit as a person writes it: ``512 MB``, ``12 min``, ``50/s``, ``Regional``."""
    if value is None:
        return ""
    if parameter.kind is Kind.CHOICE:
        return next((choice.label for choice in parameter.choices if choice.value == value), str(value))
    if isinstance(value, bool):
        return "On" if value else "Off"
    if isinstance(value, str):
        return clean(value)
    if parameter.unit == "s":
        return _duration(value)
    if parameter.unit == "bytes":
        return _bytes(value)
    number = f"{value:,.0f}" if value == round(value) else f"{value:g}"
    if not parameter.unit:
        return number
    return number + parameter.unit if parameter.unit.startswith("/") else f"{number} {parameter.unit}"


def _duration(seconds: float) -> str:
    for unit, length, most in (("s", 1, 119.5), ("min", 60, 7_170), ("h", 3_600, 172_620), ("d", 86_400, math.inf)):
        if abs(seconds) < most:
            return f"{seconds / length:.3g} {unit}"
    return f"{seconds:g} s"


def _bytes(value: float) -> str:
    for unit in ("B", "KB", "MB", "GB"):
        if abs(value) < 1_024:
            return f"{value:.4g} {unit}"
        value /= 1_024
    return f"{value:.4g} TB"


def clean(text: str) -> str:
    """The text on one line, without control and formatting characters that no font can show."""
    visible = "".join(
        " " if unicodedata.category(character) == "Cc" else character
        for character in text
        if unicodedata.category(character) not in _INVISIBLE
    )
    return " ".join(visible.split())


def fitted(text: str, width: float, size: float, weight: int = REGULAR) -> str:
    """The text, cut with an ellipsis if it is wider than ``width`` px."""
    if text_width(text, size, weight) <= width:
        return text
    room = width - text_width(ELLIPSIS, size, weight)
    kept = ""
    for character in text:
        room -= text_width(character, size, weight)
        if room < 0:
            break
        kept += character
    return kept.rstrip() + ELLIPSIS


def wrapped(text: str, width: float, size: float, weight: int = REGULAR, most: int = 2) -> list[str]:
    """The text on at most ``most`` lines, broken at spaces, hyphens and capitals; what is too much is cut."""
    lines: list[str] = []
    rest = text
    while rest and len(lines) < most - 1 and text_width(rest, size, weight) > width:
        end = _line_end(rest, width, size, weight)
        lines.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    if rest:
        lines.append(fitted(rest, width, size, weight))
    return lines


def _line_end(text: str, width: float, size: float, weight: int) -> int:
    """Where the first line ends: after the last breaking character that fits, else where it is full."""
    room = width
    end = 0
    for position, character in enumerate(text):
        room -= text_width(character, size, weight)
        if room < 0 and character != " ":
            break
        if character in _BREAK_AFTER:
            end = position + 1
        elif character.isupper() and position and text[position - 1].islower():
            end = position
    return end or max(1, position)
