"""Judges one value of a parameter: its kind, its range, its choices, its JSON."""

from __future__ import annotations

import json
from typing import Final

from designer.domain.catalog.spec import Kind, Parameter, Value

_NUMBERS: Final = (Kind.INTEGER, Kind.NUMBER)
_KINDS: Final = {
    Kind.INTEGER: "a whole number",
    Kind.NUMBER: "a number",
    Kind.BOOLEAN: "true or false",
    Kind.TEXT: "text",
    Kind.JSON: "JSON as text",
    Kind.CHOICE: "one of its choices",
}


def wrong_kind(parameter: Parameter, value: Value) -> str:
    """What kind of value the parameter takes, when this is another; empty when it fits."""
    match parameter.kind:
        case Kind.INTEGER:
            fits = is_number(value) and float(str(value)).is_integer()
        case Kind.NUMBER:
            fits = is_number(value)
        case Kind.BOOLEAN:
            fits = isinstance(value, bool)
        case Kind.TEXT | Kind.JSON | Kind.CHOICE:
            fits = isinstance(value, str)
    return "" if fits else _KINDS[parameter.kind]


def outside_range(parameter: Parameter, value: Value) -> str:
    """What is allowed, when the value is below the minimum or above a maximum that AWS does not raise."""
    if parameter.kind not in _NUMBERS or isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    if parameter.minimum is not None and value < parameter.minimum:
        return f"the least is {as_text(parameter, parameter.minimum)}"
    if parameter.maximum is not None and value > parameter.maximum and not parameter.adjustable:
        return f"the most is {as_text(parameter, parameter.maximum)}"
    return ""


def above_quota(parameter: Parameter, value: Value) -> str:
    """The quota, when the value is above one that AWS raises on request."""
    if not parameter.adjustable or parameter.maximum is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, int | float) or value <= parameter.maximum:
        return ""
    return f"above {as_text(parameter, parameter.maximum)} AWS has to raise the quota"


def unknown_choice(parameter: Parameter, value: Value) -> str:
    """The known choices, when the value is none of them."""
    if parameter.kind is not Kind.CHOICE or not isinstance(value, str):
        return ""
    known = [choice.value for choice in parameter.choices]
    return "" if value in known else ", ".join(known[:12])


def json_error(parameter: Parameter, value: Value) -> str:
    """Why the text is not JSON, with line and column; empty when it is."""
    if parameter.kind is not Kind.JSON or not isinstance(value, str):
        return ""
    try:
        json.loads(value)
    except json.JSONDecodeError as error:
        return f"{error.msg}, line {error.lineno} column {error.colno}"
    except RecursionError:
        return "it is nested too deeply"
    return ""


def clamped(parameter: Parameter, value: Value) -> Value:
    """The nearest value within the parameter's range."""
    assert isinstance(value, int | float)
    nearest = float(value)
    if parameter.minimum is not None:
        nearest = max(nearest, parameter.minimum)
    if parameter.maximum is not None:
        nearest = min(nearest, parameter.maximum)
    return int(nearest) if nearest == int(nearest) else nearest


def as_text(parameter: Parameter, value: Value) -> str:
    """The value with thousands separators and unit, as a person reads it."""
    if value is None:
        return "not set"
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, str):
        labels = {choice.value: choice.label for choice in parameter.choices}
        return labels.get(value, value)
    unit = parameter.unit if parameter.unit == "%" or not parameter.unit else f" {parameter.unit}"
    return f"{value:,.15g}{unit}"


def is_number(value: Value) -> bool:
    """True for whole and fractional numbers, not for true and false."""
    return isinstance(value, int | float) and not isinstance(value, bool)
