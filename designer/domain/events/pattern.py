"""Reads an event pattern; what AWS would refuse is refused here, with its place and what to write instead."""

from __future__ import annotations

from dataclasses import dataclass, field

from designer.domain.events.conditions import Condition
from designer.domain.events.dialects import EVENT_BUS, RESERVED_IN_OR, Dialect
from designer.domain.events.located_json import JsonKind, Located, Place, TextError, read_json
from designer.domain.events.operators import read_condition

OR = "$or"


@dataclass(frozen=True, slots=True)
class Values:
    """What one field has to be: one of the conditions is enough."""

    conditions: tuple[Condition, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Fields:
    """An object of a pattern: every field has to fit, and one of ``either`` when there are any."""

    place: Place
    fields: dict[str, Fields | Values] = field(default_factory=dict)
    either: tuple[Fields, ...] = ()


def read_pattern(text: str, dialect: Dialect = EVENT_BUS) -> Fields:
    """The pattern in the text; TextError when the dialect does not take it."""
    return pattern_of(read_json(text), dialect)


def pattern_of(value: Located, dialect: Dialect = EVENT_BUS) -> Fields:
    """The pattern in a JSON value; TextError when the dialect does not take it."""
    if value.kind is not JsonKind.OBJECT:
        cure = 'Write an object with the fields that matter, e.g. {"source": ["aws.s3"]}.'
        raise TextError(f"A pattern is an object; this is {value.kind}.", value.place, cure)
    found = _fields(value, dialect, within_or=False, depth=1)
    _check_size(found, value.place, dialect)
    return found


def _fields(value: Located, dialect: Dialect, *, within_or: bool, depth: int) -> Fields:
    if not value.members:
        raise TextError("An empty object matches nothing.", value.place, "Name at least one field, or remove it.")
    fields: dict[str, Fields | Values] = {}
    either: tuple[Fields, ...] = ()
    for name, member in value.members.items():
        if name == OR:
            either = _alternatives(member, dialect, depth)
            continue
        place = value.key_places[name]
        if within_or and name in RESERVED_IN_OR:
            raise TextError(f"{name} is a comparison and cannot be a field inside {OR}.", place, "Name a field.")
        fields[name] = _member(name, member, dialect, place, within_or=within_or, depth=depth)
    return Fields(value.place, fields, either)


def _member(
    name: str, member: Located, dialect: Dialect, place: Place, *, within_or: bool, depth: int
) -> Fields | Values:
    if member.kind is JsonKind.ARRAY:
        return _values(member, dialect)
    if member.kind is JsonKind.OBJECT:
        if not dialect.nested:
            raise TextError(
                f"A filter on message attributes has no fields within fields; {name} is an object.",
                place,
                "Set the scope of the filter policy to MessageBody, or name an attribute with a list.",
            )
        operator = next((key for key in member.members if key in dialect.operators), None)
        if operator is not None and len(member.members) == 1:
            raise TextError(
                f"The comparison {operator} of {name} does not stand in a list.",
                member.place,
                f"Put it into square brackets: [{{{chr(34)}{operator}{chr(34)}: ...}}].",
            )
        return _fields(member, dialect, within_or=within_or, depth=depth + 1)
    raise TextError(
        f"{name} has to be a list of values or an object; this is {member.kind}.",
        member.place,
        "Put the value into square brackets.",
    )


def _values(member: Located, dialect: Dialect) -> Values:
    if not member.items:
        raise TextError("An empty list matches nothing.", member.place, "Name at least one value, or remove the field.")
    return Values(tuple(read_condition(item, dialect) for item in member.items), member.place)


def _alternatives(member: Located, dialect: Dialect, depth: int) -> tuple[Fields, ...]:
    if member.kind is not JsonKind.ARRAY or len(member.items) < 2:
        raise TextError(f"{OR} takes a list of at least two objects.", member.place, "Write [{...}, {...}].")
    for item in member.items:
        if item.kind is not JsonKind.OBJECT:
            raise TextError(f"{OR} takes objects only; this is {item.kind}.", item.place, "Write {...} here.")
    return tuple(_fields(item, dialect, within_or=True, depth=depth) for item in member.items)


def _check_size(pattern: Fields, place: Place, dialect: Dialect) -> None:
    """The limits of SNS on keys and combinations; a value counts as often as its field lies deep."""
    counted = list(_counts(pattern, 1))
    if dialect.most_keys is not None and len(counted) > dialect.most_keys:
        raise TextError(
            f"{dialect.who} takes {dialect.most_keys} keys at most; there are {len(counted)}.", place, "Name fewer."
        )
    combinations = 1
    for values, depth in counted:
        combinations *= values * depth
    if dialect.most_combinations is not None and combinations > dialect.most_combinations:
        raise TextError(
            f"{dialect.who} takes {dialect.most_combinations} combinations of values at most; there are "
            f"{combinations:,}: the numbers of values of all keys, each times its depth, multiplied.",
            place,
            "Name fewer values or keys.",
        )


def _counts(pattern: Fields, depth: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for member in pattern.fields.values():
        if isinstance(member, Values):
            found.append((len(member.conditions), depth))
        else:
            found += _counts(member, depth + 1)
    for alternative in pattern.either:
        found += _counts(alternative, depth)
    return found
