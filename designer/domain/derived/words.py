"""Durations and lists as a person says them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

_UNITS: Final = ((86_400, "day"), (3_600, "hour"), (60, "minute"))


def duration(seconds: float) -> str:
    """The largest unit that gives a whole or a half number: ``3 minutes``, ``4 days``, ``90 s``."""
    for size, name in _UNITS:
        count = seconds / size
        if count >= 1 and (count * 2).is_integer():
            return f"{count:g} {name}" + ("" if count == 1 else "s")
    if seconds >= 600:
        size, name = next((size, name) for size, name in _UNITS if seconds >= size)
        return f"about {seconds / size:.2g} {name}s"
    return f"{seconds:g} s"


def times(count: float, name: str) -> str:
    """``1 attempt``, ``3 attempts``."""
    return f"{count:,g} {name}" + ("" if count == 1 else "s")


def listed(words: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
