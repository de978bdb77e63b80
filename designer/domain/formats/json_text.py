"""Reading JSON text with an error message that says where."""

from __future__ import annotations

import json
from typing import Final

from designer.domain.formats.spec import FormatError

MAXIMUM_DEPTH: Final = 100
"""Objects and lists inside one another; real designs and templates stay below 40."""


def read_json(text: str) -> object:
    """The JSON values of the text. Raises :class:`FormatError` with line and column, also for repeated keys."""
    try:
        value: object = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise FormatError(f"not JSON: {error.msg}", line=error.lineno, column=error.colno) from None
    except RecursionError:
        raise FormatError(f"is nested too deeply; the most is {MAXIMUM_DEPTH} levels") from None
    except FormatError:
        raise
    except ValueError as error:
        raise FormatError(f"not JSON: {error}") from None
    _check_depth(value)
    return value


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise FormatError(f"the key {key!r} is there twice in one object")
        found[key] = value
    return found


def _no_constant(name: str) -> object:
    raise FormatError(f"holds {name}, which is not JSON")


def _check_depth(value: object) -> None:
    level = [value]
    depth = 0
    while level:
        depth += 1
        if depth > MAXIMUM_DEPTH:
            raise FormatError(f"is nested too deeply; the most is {MAXIMUM_DEPTH} levels")
        below: list[object] = []
        for item in level:
            if isinstance(item, dict):
                below.extend(item.values())
            elif isinstance(item, list):
                below.extend(item)
        level = below
