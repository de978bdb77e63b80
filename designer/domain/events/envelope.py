"""Patterns that no event of a bus can ever fit, told by what every event has around its detail."""

from __future__ import annotations

from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from designer.domain.events.conditions import Exactly, Exists, Numeric
from designer.domain.events.pattern import Fields, Values

if TYPE_CHECKING:
    from collections.abc import Mapping

    from designer.domain.events.conditions import Condition


class _Shape(Enum):
    TEXT = "a text"
    TEXTS = "a list of texts"
    OBJECT = "an object"


ENVELOPE: Final[Mapping[str, _Shape]] = MappingProxyType(
    {
        "version": _Shape.TEXT,
        "id": _Shape.TEXT,
        "detail-type": _Shape.TEXT,
        "source": _Shape.TEXT,
        "account": _Shape.TEXT,
        "time": _Shape.TEXT,
        "region": _Shape.TEXT,
        "resources": _Shape.TEXTS,
        "detail": _Shape.OBJECT,
    }
)
"""The fields of every event on a bus."""

_SOMETIMES: Final = frozenset({"replay-name", "event-bus-name"})
"""Fields that only some events have."""


def never_fits(pattern: Fields) -> str:
    """Why no event of a bus can fit the pattern, as a sentence; empty when one may."""
    for name, wanted in pattern.fields.items():
        reason = _never(name, wanted)
        if reason:
            return reason
    if pattern.either:
        reasons = [never_fits(alternative) for alternative in pattern.either]
        if all(reasons):
            return reasons[0]
    return ""


def _never(name: str, wanted: Fields | Values) -> str:
    shape = ENVELOPE.get(name)
    if shape is None:
        return _never_unknown(name, wanted)
    if isinstance(wanted, Fields):
        if shape is _Shape.OBJECT:
            return ""
        return f"{name} is {shape.value} in every event and has no fields within it."
    if shape is _Shape.OBJECT:
        return f"{name} is an object in every event, which a list of values never fits."
    if not any(_possible(condition, shape) for condition in wanted.conditions):
        if any(isinstance(condition, Exists) for condition in wanted.conditions):
            return f"{name} is in every event, so it is never absent."
        return f"{name} is {shape.value} in every event; the pattern wants {wanted.conditions[0]}."
    return ""


def _never_unknown(name: str, wanted: Fields | Values) -> str:
    if name in _SOMETIMES or _allows_absence(wanted):
        return ""
    close = next((known for known in ENVELOPE if known == name.lower().replace("_", "-")), "")
    meant = f"; it is written {close}" if close else ". Fields of your own stand inside detail, not beside it"
    return f"No event has the field {name} beside source and detail{meant}."


def _allows_absence(wanted: Fields | Values) -> bool:
    if isinstance(wanted, Values):
        return any(isinstance(condition, Exists) and not condition.wanted for condition in wanted.conditions)
    alternatives = not wanted.either or any(_allows_absence(alternative) for alternative in wanted.either)
    return alternatives and all(_allows_absence(member) for member in wanted.fields.values())


def _possible(condition: Condition, shape: _Shape) -> bool:
    """Whether some text fulfils the condition; a list of resources can be empty, so that it counts as absent."""
    match condition:
        case Exists():
            return condition.wanted or shape is _Shape.TEXTS
        case Exactly():
            return isinstance(condition.value, str)
        case Numeric():
            return False
        case _:
            return True
