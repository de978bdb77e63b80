"""Reading single fields of a scenario's JSON, with messages that name the place."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator, Mapping, Sequence


class ScenarioError(ValueError):
    """The JSON is not a scenario. ``path`` names the place, e.g. ``traffic[0].rate_per_s``."""

    def __init__(self, path: str, problem: str) -> None:
        self.path = path
        self.problem = problem
        super().__init__(f"{path}: {problem}" if path else problem)


def place(path: str, key: str) -> str:
    """The path of a field."""
    return f"{path}.{key}" if path else key


def items(data: Mapping[str, object], key: str, most: int, path: str = "") -> Iterator[tuple[str, object]]:
    """``(path, item)`` of a list; none when it is missing."""
    found = data.get(key, [])
    where = place(path, key)
    if not isinstance(found, Sequence) or isinstance(found, str | bytes):
        raise ScenarioError(where, "must be a list")
    if len(found) > most:
        raise ScenarioError(where, f"has {len(found)} entries; the most is {most:,}")
    return ((f"{where}[{position}]", item) for position, item in enumerate(found))


def mapping(data: object, path: str) -> Mapping[str, object]:
    """An object."""
    if not isinstance(data, Mapping):
        raise ScenarioError(path, "must be an object")
    return data


def whole(data: Mapping[str, object], key: str, default: int, *, path: str = "", least: int = 0, most: int) -> int:
    """A whole number."""
    value = data.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise ScenarioError(place(path, key), f"must be a whole number from {least:,} to {most:,}")
    return value


def text(data: Mapping[str, object], key: str, default: str, *, path: str = "", most: int = 200) -> str:
    """Text that is not empty."""
    value = data.get(key, default)
    if not isinstance(value, str) or not value or len(value) > most:
        raise ScenarioError(place(path, key), f"must be text of 1 to {most:,} characters")
    return value


def optional(data: Mapping[str, object], key: str, path: str, most: float, *, least: float = 0.0) -> float | None:
    """A finite number, or None where it is not set."""
    return None if data.get(key) is None else number(data, key, 0.0, path=path, least=least, most=most)


def number(
    data: Mapping[str, object], key: str, default: float, *, path: str = "", least: float = 0.0, most: float
) -> float:
    """A finite number."""
    return finite(data.get(key, default), place(path, key), least=least, most=most)


def finite(value: object, where: str, *, least: float = 0.0, most: float) -> float:
    """The value, if it is a finite number in the range."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ScenarioError(where, "must be a finite number")
    if isinstance(value, float) and not math.isfinite(value):
        raise ScenarioError(where, "must be a finite number")
    if abs(value) > sys.float_info.max:
        raise ScenarioError(where, "is too large to be a number here")
    if not least <= value <= most:
        raise ScenarioError(where, f"is {value:g}; it must be from {least:g} to {most:,.0f}")
    return float(value)
