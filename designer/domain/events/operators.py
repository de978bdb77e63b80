"""Reads one entry of a pattern's list of values: a plain value, or a comparison such as ``{"prefix": "a"}``."""

from __future__ import annotations

import difflib
import ipaddress
from typing import Final

from designer.domain.events.conditions import (
    AnythingBut,
    Cidr,
    Condition,
    Exactly,
    Exists,
    Numeric,
    Text,
    Wildcard,
)
from designer.domain.events.dialects import NUMERIC_OPERATORS, OPERATORS, Dialect
from designer.domain.events.located_json import JsonKind, Located, TextError

_NO_CASE: Final = "equals-ignore-case"
_RANGE_CURE: Final = 'Write for instance {"numeric": [">", 0, "<=", 5]}.'


def read_condition(item: Located, dialect: Dialect) -> Condition:
    """The condition in a member of a list of values."""
    if item.kind is JsonKind.OBJECT:
        return _comparison(item, dialect)
    if item.kind is JsonKind.ARRAY:
        raise TextError("A list cannot stand in a list of values.", item.place, "Write the values side by side.")
    return Exactly(item.value, item.text)


def _comparison(item: Located, dialect: Dialect) -> Condition:
    if len(item.members) != 1:
        raise TextError(
            f"A comparison has exactly one name; this has {len(item.members)}.",
            item.place,
            "Write one object for each comparison.",
        )
    (name, value), place = next(iter(item.members.items())), next(iter(item.key_places.values()))
    if name not in OPERATORS:
        close = difflib.get_close_matches(name, OPERATORS, 1)
        known = f"Did you mean {close[0]}?" if close else f"Known are {', '.join(OPERATORS)}."
        raise TextError(f"There is no comparison {name}.", place, known)
    if name not in dialect.operators:
        raise TextError(
            f"{dialect.who} does not know the comparison {name}.",
            place,
            f"It knows {', '.join(operator for operator in OPERATORS if operator in dialect.operators)}.",
        )
    match name:
        case "anything-but":
            return _anything_but(value, dialect)
        case "numeric":
            return _numeric(value, dialect)
        case "exists":
            if value.kind is not JsonKind.BOOLEAN:
                raise TextError(f"exists takes true or false; this is {value.kind}.", value.place, "Write true.")
            return Exists(value.value is True)
        case "cidr":
            return _cidr(value)
        case "wildcard":
            return Wildcard((_wildcard_text(value),))
        case _:
            return _text(name, value)


def _text(name: str, value: Located) -> Text:
    """prefix and suffix, also regardless of case, and equals-ignore-case."""
    if name == _NO_CASE:
        return Text("equals", (_string(name, value),), ignore_case=True)
    if value.kind is JsonKind.OBJECT and list(value.members) == [_NO_CASE]:
        return Text(name, (_string(_NO_CASE, value.members[_NO_CASE]),), ignore_case=True)
    return Text(name, (_string(name, value),))


def _string(name: str, value: Located) -> str:
    if not isinstance(value.value, str):
        raise TextError(f"{name} takes a text; this is {value.kind}.", value.place, 'Write it in "double quotes".')
    return value.value


def _wildcard_text(value: Located) -> str:
    text = _string("wildcard", value)
    at = 0
    while at < len(text):
        if text[at] == "\\":
            if text[at + 1 : at + 2] not in ("*", "\\"):
                raise TextError(
                    "Behind a backslash only * and another backslash may stand.", value.place, r"In JSON write \\* ."
                )
            at += 1
        elif text.startswith("**", at):
            raise TextError("Two stars side by side are refused.", value.place, "One star stands for any characters.")
        at += 1
    return text


def _numeric(value: Located, dialect: Dialect) -> Numeric:
    items = value.items
    if value.kind is not JsonKind.ARRAY or len(items) not in (2, 4):
        raise TextError("numeric takes a list of one or two comparisons.", value.place, _RANGE_CURE)
    for sign in items[::2]:
        if sign.value not in NUMERIC_OPERATORS:
            raise TextError("Here one of = < <= > >= has to stand.", sign.place, _RANGE_CURE)
    first, *second = [
        (sign.value, _bound(number, dialect)) for sign, number in zip(items[::2], items[1::2], strict=True)
    ]
    if not second:
        return _one_bound(*first)
    if first[0] not in (">", ">=") or second[0][0] not in ("<", "<="):
        raise TextError("A range begins with > or >= and ends with < or <=.", value.place, _RANGE_CURE)
    least, most = first[1], second[0][1]
    if least >= most:
        raise TextError(
            f"No number is above {items[1].text} and below {items[3].text}.", items[3].place, "Swap the two numbers."
        )
    return Numeric(least, most, first[0] == ">=", second[0][0] == "<=")


def _one_bound(sign: object, number: float) -> Numeric:
    if sign == "=":
        return Numeric(number, number)
    if sign in (">", ">="):
        return Numeric(number, None, with_least=sign == ">=")
    return Numeric(None, number, with_most=sign == "<=")


def _bound(value: Located, dialect: Dialect) -> float:
    if not isinstance(value.value, float):
        raise TextError(f"Here a number has to stand; this is {value.kind}.", value.place, _RANGE_CURE)
    if abs(value.value) > dialect.largest_number:
        most = f"{dialect.largest_number:,.0f}"
        raise TextError(f"{dialect.who} compares numbers from -{most} to {most}.", value.place, "Compare it as a text.")
    return value.value


def _cidr(value: Located) -> Cidr:
    text = _string("cidr", value)
    try:
        if "/" not in text:
            raise ValueError(text)
        return Cidr(ipaddress.ip_network(text, strict=False))
    except ValueError:
        raise TextError(
            f"{text} is no range of IP addresses.", value.place, "Write for instance 10.0.0.0/24 or 2001:db8::/32."
        ) from None


def _anything_but(value: Located, dialect: Dialect) -> AnythingBut:
    if value.kind is JsonKind.OBJECT:
        return _anything_but_comparison(value, dialect)
    items = value.items if value.kind is JsonKind.ARRAY else (value,)
    if not items:
        raise TextError("anything-but takes at least one value.", value.place, "Name what is not wanted.")
    for item in items:
        if item.kind not in (JsonKind.STRING, JsonKind.NUMBER):
            raise TextError(f"anything-but takes texts or numbers; this is {item.kind}.", item.place, "Remove it.")
        if item.kind is not items[0].kind:
            raise TextError("anything-but takes texts or numbers, not both.", item.place, "Write one kind only.")
    return AnythingBut(tuple(Exactly(item.value, item.text) for item in items))


def _anything_but_comparison(value: Located, dialect: Dialect) -> AnythingBut:
    if len(value.members) != 1:
        raise TextError("anything-but takes one comparison.", value.place, 'Write for instance {"prefix": "test-"}.')
    (name, wanted), place = next(iter(value.members.items())), next(iter(value.key_places.values()))
    if name not in ("prefix", "suffix", _NO_CASE, "wildcard"):
        raise TextError(
            f"anything-but does not take {name}.", place, f"It takes prefix, suffix, {_NO_CASE} and wildcard."
        )
    if name not in dialect.negatable:
        raise TextError(
            f"{dialect.who} does not take {name} inside anything-but.", place, "Name the unwanted values themselves."
        )
    members = wanted.items if wanted.kind is JsonKind.ARRAY else (wanted,)
    if not members:
        raise TextError(f"{name} takes at least one text.", wanted.place, "Name what is not wanted.")
    if name == "wildcard":
        return AnythingBut((Wildcard(tuple(_wildcard_text(member) for member in members)),))
    texts = tuple(_string(name, member) for member in members)
    if "" in texts and name != _NO_CASE:
        raise TextError(f"Every text has the empty {name}.", wanted.place, "Write at least one character.")
    how = "equals" if name == _NO_CASE else name
    return AnythingBut((Text(how, texts, ignore_case=name == _NO_CASE),))
