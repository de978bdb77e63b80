"""Reads JSON and remembers where each value stands, so that an error in a pattern can be shown at its place."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

DEEPEST: Final = 100
"""Levels of nesting that are read. AWS takes fewer."""

_SPACE: Final = re.compile(r"[ \t\r\n]*")
_NUMBER: Final = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?")
_DECODER: Final = json.JSONDecoder()
_WORDS: Final = {"true": True, "false": False, "null": None}


class JsonKind(StrEnum):
    """What a JSON value is."""

    OBJECT = "an object"
    ARRAY = "a list"
    STRING = "a text"
    NUMBER = "a number"
    BOOLEAN = "true or false"
    NULL = "null"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a text: line and column count from 1."""

    line: int
    column: int
    path: str
    """JSON path, e.g. ``$.detail.state[0]``."""


@dataclass(frozen=True, slots=True)
class Located:
    """A JSON value with its place. ``text`` is a number as it was written; ``key_places`` are those of the keys."""

    kind: JsonKind
    place: Place
    value: str | float | bool | None = None
    text: str = ""
    items: tuple[Located, ...] = ()
    members: dict[str, Located] = field(default_factory=dict)
    key_places: dict[str, Place] = field(default_factory=dict)


class TextError(ValueError):
    """What is wrong with a text, where, and what to do about it."""

    def __init__(self, message: str, place: Place, cure: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.cure = cure


def read_json(text: str) -> Located:
    """The value in the text; TextError with the place when it is not JSON."""
    reader = _Reader(text)
    found = reader.value(reader.skip(0), "$", 1)
    end = reader.skip(reader.end)
    if end < len(text):
        raise reader.error(end, "$", "Something follows the end of the JSON value.", "Remove what follows.")
    return found


class _Reader:
    """A reader of JSON that keeps places. ``end`` is the offset behind the value read last."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.end = 0
        self._line_starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def place(self, offset: int, path: str) -> Place:
        low, high = 0, len(self._line_starts)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self._line_starts[middle] <= offset else (low, middle)
        return Place(low + 1, offset - self._line_starts[low] + 1, path)

    def error(self, offset: int, path: str, message: str, cure: str = "") -> TextError:
        return TextError(message, self.place(offset, path), cure)

    def skip(self, offset: int) -> int:
        match = _SPACE.match(self.text, offset)
        assert match is not None
        return match.end()

    def value(self, offset: int, path: str, depth: int) -> Located:
        if depth > DEEPEST:
            raise self.error(offset, path, "It is nested too deeply.")
        first = self.text[offset : offset + 1]
        if first == "{":
            return self._object(offset, path, depth)
        if first == "[":
            return self._array(offset, path, depth)
        if first == '"':
            return Located(JsonKind.STRING, self.place(offset, path), self._string(offset, path))
        return self._plain(offset, path)

    def _string(self, offset: int, path: str) -> str:
        try:
            text, self.end = _DECODER.raw_decode(self.text, offset)
        except json.JSONDecodeError as error:
            at = offset if error.msg.startswith("Unterminated") else error.pos
            raise self.error(at, path, f"{error.msg.removesuffix(' at')}.", "Close the text with a quote.") from None
        return str(text)

    def _plain(self, offset: int, path: str) -> Located:
        for word, value in _WORDS.items():
            if self.text.startswith(word, offset):
                self.end = offset + len(word)
                kind = JsonKind.NULL if value is None else JsonKind.BOOLEAN
                return Located(kind, self.place(offset, path), value)
        match = _NUMBER.match(self.text, offset)
        if match is None:
            cure = 'Write a text in "double quotes", a number, true, false, null, an object or a list.'
            raise self.error(offset, path, "A JSON value is missing here.", cure)
        self.end = match.end()
        return Located(JsonKind.NUMBER, self.place(offset, path), float(match[0]), match[0])

    def _object(self, offset: int, path: str, depth: int) -> Located:
        place = self.place(offset, path)
        members: dict[str, Located] = {}
        key_places: dict[str, Place] = {}
        at = self.skip(offset + 1)
        while self.text[at : at + 1] != "}":
            if self.text[at : at + 1] != '"':
                raise self.error(at, path, 'A name in "double quotes" is missing here.', "Quote the field's name.")
            begin, key = at, self._string(at, path)
            inside = f"{path}.{key}" if re.fullmatch(r"[A-Za-z_$][\w$-]*", key) else f"{path}[{json.dumps(key)}]"
            at = self.skip(self.end)
            if self.text[at : at + 1] != ":":
                raise self.error(at, inside, f"A colon is missing behind {json.dumps(key)}.", "Put a colon here.")
            members[key] = self.value(self.skip(at + 1), inside, depth + 1)
            key_places[key] = self.place(begin, inside)
            at = self._next(path, "}")
        self.end = at + 1
        return Located(JsonKind.OBJECT, place, members=members, key_places=key_places)

    def _array(self, offset: int, path: str, depth: int) -> Located:
        items: list[Located] = []
        at = self.skip(offset + 1)
        while self.text[at : at + 1] != "]":
            items.append(self.value(at, f"{path}[{len(items)}]", depth + 1))
            at = self._next(path, "]")
        self.end = at + 1
        return Located(JsonKind.ARRAY, self.place(offset, path), items=tuple(items))

    def _next(self, path: str, closing: str) -> int:
        """The offset of the next member, or of the closing bracket."""
        at = self.skip(self.end)
        found = self.text[at : at + 1]
        if found == ",":
            following = self.skip(at + 1)
            if self.text[following : following + 1] == closing:
                raise self.error(at, path, f"A comma stands before {closing}.", "Remove the comma.")
            return following
        if found != closing:
            raise self.error(at, path, f"A comma or {closing} is missing here.", f"Put a comma or {closing} here.")
        return at
