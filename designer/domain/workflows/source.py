"""Reads JSON and remembers where each value stands, so that a problem can be shown in the text."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Final

from designer.domain.workflows.problem import Path

MAXIMUM_DEPTH: Final = 100

_SPACE: Final = re.compile(r"[ \t\r\n]*")
_NUMBER: Final = re.compile(r"-?(?:0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?")
_WORDS: Final = {"true": True, "false": False, "null": None}


class JsonSyntaxError(ValueError):
    """The text is not JSON; ``offset`` is the character at which that shows."""

    def __init__(self, message: str, offset: int, cure: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset
        self.cure = cure


@dataclass(frozen=True)
class Source:
    """A JSON text: its value, and the offset of each value and key by path."""

    text: str
    value: object
    offsets: dict[Path, int] = field(default_factory=dict)
    """Where each value begins; for a member of an object, where its key begins."""
    repeated: tuple[Path, ...] = ()
    """Keys that an object has twice; JSON readers silently keep the last."""

    def position(self, path: Path) -> tuple[int, int]:
        """Line and column, from 1, of the value at the path or of the nearest one around it."""
        while path and path not in self.offsets:
            path = path[:-1]
        return line_and_column(self.text, self.offsets.get(path, 0))


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Line and column, counted from 1, of a character."""
    offset = min(max(offset, 0), len(text))
    return text.count("\n", 0, offset) + 1, offset - (text.rfind("\n", 0, offset) + 1) + 1


def read_source(text: str) -> Source:
    """Read the text. Raises :class:`JsonSyntaxError`."""
    reader = _Reader(text)
    value = reader.value(reader.skip(0), ())
    end = reader.skip(reader.end)
    if end != len(text):
        raise JsonSyntaxError(
            "something follows the end of the definition", end, "Remove what stands after the last }."
        )
    return Source(text, value, reader.offsets, tuple(reader.repeated))


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.end = 0
        self.offsets: dict[Path, int] = {}
        self.repeated: list[Path] = []

    def skip(self, offset: int) -> int:
        match = _SPACE.match(self.text, offset)
        return offset if match is None else match.end()

    def at(self, offset: int) -> str:
        return self.text[offset : offset + 1]

    def value(self, offset: int, path: Path) -> object:
        """The value that begins at the offset; ``end`` is then the offset behind it."""
        if len(path) > MAXIMUM_DEPTH:
            raise JsonSyntaxError(f"is nested more than {MAXIMUM_DEPTH} levels deep", offset)
        self.offsets.setdefault(path, offset)
        character = self.at(offset)
        if character == "{":
            return self._object(offset, path)
        if character == "[":
            return self._list(offset, path)
        if character == '"':
            return self._string(offset)
        return self._word(offset)

    def _object(self, offset: int, path: Path) -> dict[str, object]:
        found: dict[str, object] = {}
        place = self.skip(offset + 1)
        if self.at(place) == "}":
            self.end = place + 1
            return found
        while True:
            if self.at(place) != '"':
                raise self._wrong_key(place)
            key = self._string(place)
            inside = (*path, key)
            if key in found:
                self.repeated.append(inside)
            self.offsets[inside] = place
            colon = self.skip(self.end)
            if self.at(colon) != ":":
                raise JsonSyntaxError(
                    f"a colon is missing after the key {key!r}", colon, "Write : between key and value."
                )
            found[key] = self.value(self.skip(colon + 1), inside)
            place = self._next(self.skip(self.end), "}")
            if place < 0:
                return found

    def _wrong_key(self, place: int) -> JsonSyntaxError:
        if self.at(place) == "}":
            return JsonSyntaxError("a comma stands before the closing brace", place, "Remove the comma.")
        if not self.at(place):
            return JsonSyntaxError("ends in the middle of an object", place, "Close every { with a }.")
        return JsonSyntaxError("a key in double quotes is expected here", place, 'Write keys as "Key".')

    def _list(self, offset: int, path: Path) -> list[object]:
        found: list[object] = []
        place = self.skip(offset + 1)
        if self.at(place) == "]":
            self.end = place + 1
            return found
        while True:
            if self.at(place) == "]":
                raise JsonSyntaxError("a comma stands before the closing bracket", place, "Remove the comma.")
            found.append(self.value(place, (*path, len(found))))
            place = self._next(self.skip(self.end), "]")
            if place < 0:
                return found

    def _next(self, place: int, closing: str) -> int:
        """Behind the comma; -1 when the closing bracket stands here."""
        character = self.at(place)
        if character == closing:
            self.end = place + 1
            return -1
        if character == ",":
            return self.skip(place + 1)
        if not character:
            raise JsonSyntaxError(f"ends before a closing {closing}", place, f"Close it with {closing}.")
        raise JsonSyntaxError(f"a comma or {closing} is expected here", place, "Put a comma between two entries.")

    def _string(self, offset: int) -> str:
        try:
            text, self.end = json.decoder.scanstring(self.text, offset + 1)  # type: ignore[attr-defined]
        except json.JSONDecodeError as error:
            cure = "Close the text with a double quote; write line breaks as \\n."
            raise JsonSyntaxError(f"text is not well written: {error.msg.lower()}", error.pos, cure) from None
        return str(text)

    def _word(self, offset: int) -> object:
        for word, meaning in _WORDS.items():
            if self.text.startswith(word, offset):
                self.end = offset + len(word)
                return meaning
        match = _NUMBER.match(self.text, offset)
        if match is None or not match.group():
            if not self.at(offset):
                raise JsonSyntaxError("ends where a value is expected", offset, "Write the value.")
            raise JsonSyntaxError(
                "a value is expected here",
                offset,
                "A value is text in double quotes, a number, true, false, null, {} or [].",
            )
        self.end = match.end()
        if match.group(1) or match.group(2):
            return float(match.group())
        return int(match.group()) if len(match.group()) < 400 else float(match.group())
