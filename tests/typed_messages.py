"""Whether a JSON value has the shape of a type: a TypedDict, a list, a union, a literal."""

from __future__ import annotations

from collections.abc import Iterator
from types import NoneType, UnionType
from typing import Any, Literal, NotRequired, Required, Union, get_args, get_origin, get_type_hints, is_typeddict


def problems(value: object, shape: Any, path: str = "message") -> Iterator[str]:
    """What is wrong with the value; nothing when it fits."""
    origin, arguments = get_origin(shape), get_args(shape)
    if origin in (Required, NotRequired):
        yield from problems(value, arguments[0], path)
    elif is_typeddict(shape):
        yield from _dictionary(value, shape, path)
    elif origin in (Union, UnionType):
        if all(list(problems(value, option, path)) for option in arguments):
            yield f"{path} is {value!r}, which fits none of {arguments}"
    elif origin in (list, dict):
        yield from _collection(value, origin, arguments[-1], path)
    elif not _is_a(value, shape, origin, arguments):
        yield f"{path} is {value!r}, not {shape}"


def _collection(value: Any, kind: type, item_shape: Any, path: str) -> Iterator[str]:
    if not isinstance(value, kind):
        yield f"{path} is no {kind.__name__}"
        return
    collection: Any = value
    for key, item in collection.items() if kind is dict else enumerate(collection):
        yield from problems(item, item_shape, f"{path}[{key}]")


def _is_a(value: object, shape: Any, origin: Any, arguments: tuple[Any, ...]) -> bool:
    if shape in (Any, object):
        return True
    if origin is Literal:
        return value in arguments
    if shape in (None, NoneType):
        return value is None
    if isinstance(value, bool):
        return shape is bool
    return isinstance(value, int | float) if shape is float else isinstance(value, shape)


def _dictionary(value: object, shape: Any, path: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{path} is no object"
        return
    hints = get_type_hints(shape, include_extras=True)
    for key in sorted(value.keys() - hints.keys()):
        yield f"{path}.{key} is not expected"
    for key, hint in hints.items():
        if key in value:
            yield from problems(value[key], hint, f"{path}.{key}")
        elif key in shape.__required_keys__ and get_origin(hint) is not NotRequired:
            yield f"{path}.{key} is missing"
