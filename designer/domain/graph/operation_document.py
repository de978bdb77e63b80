"""Operations as plain JSON values, both ways: what fixes, the API and the browser exchange.

``{"op": "set_node_parameter", "node_id": "orders", "parameter": "timeout_s", "value": 20}``:
the name of the class in snake case and its fields.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Final, get_args

from designer.domain.graph.document import (
    DocumentError,
    edge_from_json,
    edge_to_json,
    group_from_json,
    group_to_json,
    node_from_json,
    node_to_json,
    note_from_json,
    note_to_json,
)
from designer.domain.graph.model import Edge, Group, Node, Note
from designer.domain.graph.operations import Operation

_READERS: Final[Mapping[str, Callable[[object, str], object]]] = {
    "node": node_from_json,
    "edge": edge_from_json,
    "group": group_from_json,
    "note": note_from_json,
}


def _op_name(kind: type) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()


_KINDS: Final[Mapping[str, type]] = {_op_name(kind): kind for kind in get_args(Operation)}


def operation_to_json(operation: Operation) -> dict[str, object]:
    """The operation as JSON values."""
    data: dict[str, object] = {"op": _op_name(type(operation))}
    for field in fields(operation):
        data[field.name] = _value_to_json(getattr(operation, field.name))
    return data


def _value_to_json(value: object) -> object:
    match value:
        case Node():
            return node_to_json(value)
        case Edge():
            return edge_to_json(value)
        case Group():
            return group_to_json(value)
        case Note():
            return note_to_json(value)
        case _:
            return value


def operation_from_json(data: object, path: str = "operation") -> Operation:
    """Read an operation. Raises :class:`DocumentError` naming the bad field."""
    if not isinstance(data, Mapping):
        raise DocumentError(path, "must be an object")
    kind = _KINDS.get(str(data.get("op")))
    if kind is None:
        raise DocumentError(f"{path}.op", f"is {data.get('op')!r}; it must be one of {', '.join(sorted(_KINDS))}")
    values: dict[str, object] = {}
    for field in fields(kind):
        if field.name not in data and field.name != "value":
            raise DocumentError(f"{path}.{field.name}", "is missing")
        value = data.get(field.name)
        place = f"{path}.{field.name}"
        if field.name in _READERS:
            values[field.name] = _READERS[field.name](value, place)
        elif field.name in ("x", "y"):
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise DocumentError(place, "must be a number")
            values[field.name] = float(value)
        elif field.name == "value":
            if value is not None and not isinstance(value, str | int | float | bool):
                raise DocumentError(place, "must be text, a number, true, false or null")
            values[field.name] = value
        else:
            if not isinstance(value, str):
                raise DocumentError(place, "must be text")
            values[field.name] = value
    operation: Operation = kind(**values)
    return operation
