"""What a pattern can ask of one value: the comparisons of EventBridge patterns."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

Scalar = str | float | bool | None


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value of an event that is neither an object nor a list; ``text`` is a number as it was written."""

    value: Scalar
    text: str = ""

    @property
    def is_number(self) -> bool:
        """True for numbers, not for true and false."""
        return isinstance(self.value, float)


@dataclass(frozen=True, slots=True)
class Exactly:
    """The value itself. Numbers are compared as they are written, as AWS does: 300 is not 300.0."""

    value: Scalar
    text: str = ""

    def holds(self, leaf: Leaf) -> bool:
        """Whether the value fulfils it."""
        if isinstance(self.value, float):
            return leaf.is_number and leaf.text == self.text
        return type(self.value) is type(leaf.value) and self.value == leaf.value

    def __str__(self) -> str:
        return written(self.value, self.text)


@dataclass(frozen=True, slots=True)
class Text:
    """Begins with, ends with or equals one of the texts, with or without regard to capital letters."""

    how: str
    """``prefix``, ``suffix`` or ``equals``."""
    texts: tuple[str, ...]
    ignore_case: bool = False

    def holds(self, leaf: Leaf) -> bool:
        """Whether the value fulfils it."""
        return isinstance(leaf.value, str) and any(self._fits(leaf.value, text) for text in self.texts)

    def _fits(self, value: str, text: str) -> bool:
        if self.ignore_case:
            value, text = value.casefold(), text.casefold()
        if self.how == "prefix":
            return value.startswith(text)
        return value.endswith(text) if self.how == "suffix" else value == text

    def __str__(self) -> str:
        verb = {"prefix": "begins with", "suffix": "ends with", "equals": "is"}[self.how]
        case = " in any case" if self.ignore_case else ""
        return f"{verb} {' or '.join(written(text) for text in self.texts)}{case}"


@dataclass(frozen=True, slots=True)
class Wildcard:
    """Fits one of the texts, in which ``*`` stands for any characters; ``\\*`` and ``\\\\`` stand for themselves."""

    texts: tuple[str, ...]

    def holds(self, leaf: Leaf) -> bool:
        """Whether the value fulfils it."""
        return isinstance(leaf.value, str) and any(fits_wildcard(text, leaf.value) for text in self.texts)

    def __str__(self) -> str:
        return f"fits {' or '.join(written(text) for text in self.texts)}"


@dataclass(frozen=True, slots=True)
class Numeric:
    """Lies between two bounds; None is no bound."""

    least: float | None
    most: float | None
    with_least: bool = True
    with_most: bool = True

    def holds(self, leaf: Leaf) -> bool:
        """Whether the value fulfils it."""
        if not isinstance(leaf.value, float):
            return False
        if self.least is not None and (leaf.value < self.least or (leaf.value == self.least and not self.with_least)):
            return False
        return self.most is None or leaf.value < self.most or (leaf.value == self.most and self.with_most)

    def __str__(self) -> str:
        if self.least is not None and self.least == self.most:
            return f"= {self.least:g}"
        lower = "" if self.least is None else f"{'>=' if self.with_least else '>'} {self.least:g}"
        upper = "" if self.most is None else f"{'<=' if self.with_most else '<'} {self.most:g}"
        return " and ".join(filter(None, (lower, upper)))


@dataclass(frozen=True, slots=True)
class Cidr:
    """An IP address within the range, version 4 or 6."""

    network: ipaddress.IPv4Network | ipaddress.IPv6Network

    def holds(self, leaf: Leaf) -> bool:
        """Whether the value fulfils it."""
        if not isinstance(leaf.value, str):
            return False
        try:
            address = ipaddress.ip_address(leaf.value)
        except ValueError:
            return False
        return address.version == self.network.version and address in self.network

    def __str__(self) -> str:
        return f"is an address in {self.network}"


@dataclass(frozen=True, slots=True)
class AnythingBut:
    """A value is there, and none of the conditions holds for it."""

    refused: tuple[Condition, ...]

    def holds(self, leaf: Leaf) -> bool:
        """Whether the value fulfils it."""
        return not any(self._is(condition, leaf) for condition in self.refused)

    @staticmethod
    def _is(condition: Condition, leaf: Leaf) -> bool:
        """Numbers are compared by their value here."""
        if isinstance(condition, Exactly) and isinstance(condition.value, float):
            return leaf.is_number and leaf.value == condition.value
        return condition.holds(leaf)

    def __str__(self) -> str:
        return f"anything but: {', '.join(str(condition) for condition in self.refused)}"


@dataclass(frozen=True, slots=True)
class Exists:
    """The field is there with a value that is no object, or it is not."""

    wanted: bool

    def holds(self, leaf: Leaf) -> bool:
        """Whether the value fulfils it."""
        del leaf
        return self.wanted

    def __str__(self) -> str:
        return "there with a value" if self.wanted else "absent"


Condition = Exactly | Text | Wildcard | Numeric | Cidr | AnythingBut | Exists


def fits_wildcard(pattern: str, value: str) -> bool:
    """Whether the value fits the pattern; linear in both but for what lies between stars."""
    pieces = [""]
    escaped = False
    for character in pattern:
        if escaped:
            pieces[-1] += character
            escaped = False
        elif character == "\\":
            escaped = True
        elif character == "*":
            pieces.append("")
        else:
            pieces[-1] += character
    if len(pieces) == 1:
        return value == pieces[0]
    if not value.startswith(pieces[0]) or len(value) < len(pieces[0]) + len(pieces[-1]):
        return False
    at, end = len(pieces[0]), len(value) - len(pieces[-1])
    for piece in pieces[1:-1]:
        found = value.find(piece, at, end)
        if found < 0:
            return False
        at = found + len(piece)
    return value.endswith(pieces[-1])


def written(value: Scalar, text: str = "") -> str:
    """The value as it stands in JSON, for a sentence."""
    if isinstance(value, bool):
        return str(value).lower()
    if value is None:
        return "null"
    return f'"{value}"' if isinstance(value, str) else text or f"{value:g}"
