"""Property values as parameter values; None when a property does not say it plainly."""

from __future__ import annotations

import json
from collections.abc import Mapping

from designer.domain.formats.cloudformation.intrinsics import readable

_LONGEST_TEXT = 100_000


def at(value: object, *keys: str) -> object:
    """What stands in a nested mapping at the keys, or None."""
    for key in keys:
        if not isinstance(value, Mapping):
            return None
        value = value.get(key)
    return value


def items(value: object) -> list[object]:
    """A list as it is, one value as a list of one, nothing as an empty list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def mapping(value: object) -> Mapping[str, object]:
    """A mapping as it is, anything else as an empty one."""
    return value if isinstance(value, Mapping) else {}


def whole(value: object) -> int | None:
    """A whole number, also when it is written as text."""
    number = decimal(value)
    return number if isinstance(number, int) else None


def decimal(value: object) -> float | int | None:
    """A finite number, also when it is written as text; without a fraction it is whole."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    if not abs(number) < 1e15:
        return None
    return int(number) if number == int(number) else number


def flag(value: object) -> bool | None:
    """True or false, also when it is written as text."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in ("true", "false"):
        return value.lower() == "true"
    return None


def text(value: object) -> str | None:
    """Text with references written readably."""
    if not isinstance(value, str):
        return None
    written = readable(value)
    return written[:_LONGEST_TEXT] if isinstance(written, str) and written else None


def json_text(value: object, *, indent: int | None = None) -> str | None:
    """A structure as JSON text with references written readably; text that is JSON already as it is."""
    if value is None or (isinstance(value, Mapping | list) and not value):
        return None
    if isinstance(value, str):
        return text(value)
    written = json.dumps(readable(value), ensure_ascii=False, indent=indent)
    return written if len(written) <= _LONGEST_TEXT else None
