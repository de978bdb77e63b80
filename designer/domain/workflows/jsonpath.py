"""A syntax check for the paths and intrinsic functions of the query language JSONPath."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

INTRINSICS: Final[Mapping[str, tuple[int, int | None]]] = MappingProxyType(
    {
        "States.Format": (1, None),
        "States.StringToJson": (1, 1),
        "States.JsonToString": (1, 1),
        "States.Array": (0, None),
        "States.ArrayPartition": (2, 2),
        "States.ArrayContains": (2, 2),
        "States.ArrayRange": (3, 3),
        "States.ArrayGetItem": (2, 2),
        "States.ArrayLength": (1, 1),
        "States.ArrayUnique": (1, 1),
        "States.Base64Encode": (1, 1),
        "States.Base64Decode": (1, 1),
        "States.Hash": (2, 2),
        "States.JsonMerge": (3, 3),
        "States.MathRandom": (2, 3),
        "States.MathAdd": (2, 2),
        "States.StringSplit": (2, 2),
        "States.UUID": (0, 0),
    }
)
"""Every intrinsic function, with the fewest and the most arguments that it takes."""

_NAME: Final = re.compile(r"[\w\-\u0080-\uffff]+")
_BRACKET: Final = re.compile(
    r"""\[\s*(?:
        \*|-?\d+(?:\s*,\s*-?\d+)*|-?\d*\s*:\s*-?\d*(?:\s*:\s*-?\d*)?
        |(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")(?:\s*,\s*(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"))*
    )\s*\]""",
    re.VERBOSE,
)
_SINGLE: Final = re.compile(r"""\[\s*(?:\d+|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")\s*\]""")
_LITERAL: Final = re.compile(r"'(?:\\.|[^'\\])*'|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|true\b|false\b|null\b", re.DOTALL)
_DEPTH: Final = 10
"""Intrinsic functions may be nested up to ten deep."""


class PathError(ValueError):
    """The text is no path or call; ``offset`` is the character at which that shows."""

    def __init__(self, message: str, offset: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


def check_path(text: str, *, reference: bool = False) -> None:
    """Whether the text is a path such as ``$.order.items[0]``; a reference path leads to one value only."""
    end = _path(text, 0, reference=reference)
    if end != len(text):
        raise PathError(f"{text[end : end + 1]!r} cannot stand here in a path", end)


def check_value(text: str) -> None:
    """Whether the text is what a key that ends with ``.$`` takes: a path or an intrinsic function."""
    if text.startswith("$"):
        check_path(text)
        return
    if not text.startswith("States."):
        raise PathError("a key that ends with .$ takes a path that begins with $, or a function such as States.Format")
    end = _call(text, 0, 1)
    if end != len(text):
        raise PathError(f"{text[end : end + 1]!r} cannot stand behind the function", end)


def _path(text: str, offset: int, *, reference: bool) -> int:
    if text[offset : offset + 1] != "$":
        raise PathError("a path begins with $", offset)
    place = offset + 1
    if text[place : place + 1] == "$":
        place += 1
    else:
        variable = _NAME.match(text, place)
        place = place if variable is None else variable.end()
    while place < len(text):
        step = _step(text, place, reference=reference)
        if step == place:
            break
        place = step
    return place


def _step(text: str, place: int, *, reference: bool) -> int:
    if text.startswith("..", place):
        if reference:
            raise PathError("a path to a single value cannot search with ..", place)
        name = _NAME.match(text, place + 2)
        if name is not None:
            return name.end()
        return place + 3 if text[place + 2 : place + 3] == "*" else place + 2
    if text[place] == ".":
        if text[place + 1 : place + 2] == "*":
            if reference:
                raise PathError("a path to a single value cannot have *", place + 1)
            return place + 2
        name = _NAME.match(text, place + 1)
        if name is None:
            raise PathError("a name is expected after the dot", place + 1)
        return _function_call(text, name.end())
    if text[place] == "[":
        return _brackets(text, place, reference=reference)
    return place


def _function_call(text: str, place: int) -> int:
    """Functions such as ``.length()`` at the end of a path."""
    return place + 2 if text.startswith("()", place) else place


def _brackets(text: str, place: int, *, reference: bool) -> int:
    if reference:
        match = _SINGLE.match(text, place)
        if match is None:
            raise PathError("a path to a single value takes only an index or a name in brackets", place)
        return match.end()
    if text.startswith("[?", place):
        return _filter_end(text, place)
    match = _BRACKET.match(text, place)
    if match is None:
        raise PathError("an index, a name in quotes, a range, * or a filter is expected in brackets", place)
    return match.end()


def _filter_end(text: str, place: int) -> int:
    depth, quote = 0, ""
    for offset in range(place, len(text)):
        character = text[offset]
        if quote:
            quote = "" if character == quote and text[offset - 1] != "\\" else quote
        elif character in "'\"":
            quote = character
        elif character in "[(":
            depth += 1
        elif character in "])":
            depth -= 1
            if depth == 0:
                return offset + 1
    raise PathError("the filter is not closed with ]", place)


def _call(text: str, offset: int, depth: int) -> int:
    match = re.compile(r"States\.\w+").match(text, offset)
    name = "" if match is None else match.group()
    if match is None or name not in INTRINSICS:
        raise PathError(f"there is no function {name or text[offset : offset + 20]!r}", offset)
    if depth > _DEPTH:
        raise PathError(f"functions are nested more than {_DEPTH} deep", offset)
    place = match.end()
    if text[place : place + 1] != "(":
        raise PathError(f"( is expected after {name}", place)
    place, count = _arguments(text, place + 1, depth)
    fewest, most = INTRINSICS[name]
    if count < fewest or (most is not None and count > most):
        wanted = f"{fewest}" if most == fewest else f"at least {fewest}" if most is None else f"{fewest} to {most}"
        raise PathError(f"{name} takes {wanted} argument{'' if wanted == '1' else 's'}, not {count}", offset)
    return place


def _arguments(text: str, place: int, depth: int) -> tuple[int, int]:
    place = _spaces(text, place)
    if text[place : place + 1] == ")":
        return place + 1, 0
    count = 0
    while True:
        place = _spaces(text, _argument(text, place, depth))
        count += 1
        character = text[place : place + 1]
        if character == ")":
            return place + 1, count
        if character != ",":
            raise PathError("a comma or ) is expected between the arguments of a function", place)
        place = _spaces(text, place + 1)


def _argument(text: str, place: int, depth: int) -> int:
    if text.startswith("$", place):
        return _path(text, place, reference=False)
    if text.startswith("States.", place):
        return _call(text, place, depth + 1)
    match = _LITERAL.match(text, place)
    if match is None:
        raise PathError("an argument is a path, a function, a number, or text in single quotes", place)
    return match.end()


def _spaces(text: str, place: int) -> int:
    while text[place : place + 1] in (" ", "\t", "\n"):
        place += 1
    return place
