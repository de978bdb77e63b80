"""Tries the filters of pipes, event source mappings and SNS subscriptions on a sample of what they see."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass, replace
from typing import Final

from designer.domain.events.dialects import EVENT_SOURCE_MAPPING, PIPE, SNS_ATTRIBUTES, SNS_BODY, Dialect
from designer.domain.events.located_json import JsonKind, Located, TextError, read_json
from designer.domain.events.matching import Miss, misses
from designer.domain.events.pattern import Fields, pattern_of

MOST_FILTERS: Final = 5
_PAYLOADS: Final = ("body", "data", "value")
"""Where queues, streams and brokers carry the payload, as a text that is read as JSON or Base64."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the sample passes; ``misses`` are those of the pattern that comes nearest."""

    passes: bool
    misses: tuple[Miss, ...] = ()
    note: str = ""


def read_filter(text: str, dialect: Dialect) -> tuple[Fields, ...]:
    """The patterns of a filter, of which one is enough; TextError when the dialect does not take them.

    Pipes and event source mappings have a list of patterns, also in the form ``{"Pattern": "..."}`` of templates;
    rules and subscriptions one pattern.
    """
    value = read_json(text)
    if dialect not in (PIPE, EVENT_SOURCE_MAPPING):
        return (pattern_of(value, dialect),)
    items = value.items if value.kind is JsonKind.ARRAY else (value,)
    if not items:
        raise TextError("An empty list lets nothing be told apart.", value.place, "Name a pattern, or remove it.")
    return tuple(pattern_of(_unwrapped(item), dialect) for item in items)


def try_filter(text: str, sample: str, dialect: Dialect) -> Verdict:
    """Whether the sample passes the filter; TextError when either of them cannot be read."""
    patterns = read_filter(text, dialect)
    event = read_json(sample)
    if dialect is SNS_ATTRIBUTES:
        event = message_attributes(event)
    elif dialect is SNS_BODY:
        event = _message_body(event)
        if event.kind is not JsonKind.OBJECT:
            return Verdict(passes=False, note="The message is no JSON object, so a filter on its body refuses it.")
    elif dialect in (PIPE, EVENT_SOURCE_MAPPING):
        event = _decoded(event)
    tried = [misses(pattern, event) for pattern in patterns]
    nearest = min(tried, key=len)
    return Verdict(passes=not nearest, misses=nearest)


def _unwrapped(item: Located) -> Located:
    """The pattern itself, out of ``{"Pattern": "..."}`` or out of a text; its places then count within that text."""
    inner = item if item.kind is JsonKind.STRING else item.members.get("Pattern") or item.members.get("pattern")
    if len(item.members) <= 1 and inner is not None and isinstance(inner.value, str):
        try:
            return read_json(inner.value)
        except TextError as error:
            raise TextError(f"The pattern inside the text: {error.message}", inner.place, error.cure) from None
    return item


def message_attributes(event: Located) -> Located:
    """The attributes of a message as a filter sees them: name and value, without Type and Value."""
    found = event.members.get("MessageAttributes", event)
    members: dict[str, Located] = {}
    for name, attribute in found.members.items():
        members[name] = attribute
        if attribute.kind is JsonKind.OBJECT:
            kind = attribute.members.get("Type") or attribute.members.get("DataType")
            value = attribute.members.get("Value") or attribute.members.get("StringValue")
            if kind is None or value is None or kind.value == "Binary":
                del members[name]
            elif kind.value in ("Number", "String.Array"):
                members[name] = _parsed(value)
            else:
                members[name] = value
    return replace(found, members=members)


def _message_body(event: Located) -> Located:
    message = event.members.get("Message")
    return event if message is None else _parsed(message)


def _decoded(event: Located) -> Located:
    """The record with its payload read as JSON, out of Base64 where it is in it."""
    members = dict(event.members)
    for name in _PAYLOADS:
        if name in members:
            members[name] = _parsed(members[name])
    return replace(event, members=members)


def _parsed(value: Located) -> Located:
    """The JSON inside a text, which keeps the text's place; the text itself when there is none."""
    if not isinstance(value.value, str):
        return value
    for text in (value.value, _from_base64(value.value)):
        try:
            found = json.loads(text)
        except (json.JSONDecodeError, RecursionError):
            continue
        if isinstance(found, dict | list | int | float) and not isinstance(found, bool):
            try:
                return _at(read_json(text), value)
            except TextError:
                continue
    return value


def _at(value: Located, whole: Located) -> Located:
    """The value with the place of the text that it came out of."""
    return replace(
        value,
        place=whole.place,
        items=tuple(_at(item, whole) for item in value.items),
        members={name: _at(member, whole) for name, member in value.members.items()},
    )


def _from_base64(text: str) -> str:
    try:
        return base64.b64decode(text, validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        return ""
