"""Decides whether an event fits a pattern, and says which fields do not and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from designer.domain.events.conditions import Exactly, Exists, Leaf, Numeric, written
from designer.domain.events.located_json import JsonKind, Located, Place
from designer.domain.events.pattern import Fields, Values

_NOTHING = Located(JsonKind.OBJECT, Place(1, 1, "$"))
_LONGEST_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Miss:
    """A field that does not fit: what the pattern wants and what the event has."""

    path: str
    wanted: str
    found: str
    pattern_place: Place
    event_place: Place | None
    hint: str = ""


def misses(pattern: Fields, event: Located) -> tuple[Miss, ...]:
    """Why the event does not fit; empty when it does."""
    return _misses(pattern, event, (event,), "$")


def _misses(pattern: Fields, node: Located, everywhere: tuple[Located, ...], path: str) -> tuple[Miss, ...]:
    """``everywhere`` are all values at this path, of every element of lists on the way."""
    if node.kind is JsonKind.ARRAY and node.items:
        return _fewest(_misses(pattern, item, everywhere, path) for item in node.items)
    found: list[Miss] = []
    members = node.members if node.kind is JsonKind.OBJECT else {}
    for name, wanted in pattern.fields.items():
        inside = f"{path}.{name}"
        all_members = tuple(_members(everywhere, name))
        if isinstance(wanted, Fields):
            found += _misses(wanted, members.get(name, _NOTHING), all_members, inside)
        else:
            found += _value_misses(wanted, members.get(name), all_members, inside)
    if pattern.either:
        found += _fewest(_misses(alternative, node, everywhere, path) for alternative in pattern.either)
    return tuple(found)


def _fewest(tried: Iterable[tuple[Miss, ...]]) -> tuple[Miss, ...]:
    return min(tried, key=len)


def _members(nodes: tuple[Located, ...], name: str) -> Iterator[Located]:
    for node in nodes:
        if node.kind is JsonKind.OBJECT and name in node.members:
            yield node.members[name]
        elif node.kind is JsonKind.ARRAY:
            yield from _members(node.items, name)


def _value_misses(wanted: Values, node: Located | None, everywhere: tuple[Located, ...], path: str) -> tuple[Miss, ...]:
    leaves = [leaf for leaf, _ in _leaves(node)] if node is not None else []
    for condition in wanted.conditions:
        if isinstance(condition, Exists) and not condition.wanted:
            if not any(list(_leaves(other)) for other in everywhere):
                return ()
        elif any(condition.holds(leaf) for leaf in leaves):
            return ()
    text = " or ".join(str(condition) for condition in wanted.conditions)
    return (
        Miss(
            path,
            text,
            _found(node),
            wanted.place,
            node.place if node is not None else None,
            _hint(wanted, leaves),
        ),
    )


def _leaves(node: Located) -> Iterator[tuple[Leaf, Place]]:
    """The values at a field: itself, or the members of a list of any depth that are no objects."""
    if node.kind is JsonKind.ARRAY:
        for item in node.items:
            yield from _leaves(item)
    elif node.kind is not JsonKind.OBJECT:
        yield Leaf(node.value, node.text), node.place


def _found(node: Located | None) -> str:
    if node is None:
        return "nothing: the field is absent"
    if node.kind is JsonKind.OBJECT:
        return "an object, which a list of values never fits"
    leaves = [written(leaf.value, leaf.text) for leaf, _ in _leaves(node)]
    if node.kind is JsonKind.ARRAY and not leaves:
        return "a list without values"
    text = ", ".join(leaves)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def _hint(wanted: Values, leaves: list[Leaf]) -> str:
    """What a person most likely overlooked."""
    for condition in wanted.conditions:
        for leaf in leaves:
            hint = _likely(condition, leaf)
            if hint:
                return hint
    return ""


def _likely(condition: object, leaf: Leaf) -> str:
    if isinstance(condition, Exactly):
        if isinstance(condition.value, float) and leaf.value == condition.value:
            return 'Numbers are compared as they are written. Use {"numeric": ["=", ...]} to compare their value.'
        if isinstance(condition.value, float) and leaf.value == condition.text:
            return "The event has a text here, the pattern a number."
        if isinstance(condition.value, str) and leaf.is_number and leaf.text == condition.value:
            return "The event has a number here, the pattern a text."
        if _same_but_for_case(condition.value, leaf.value):
            return "They differ in capital letters only. Use equals-ignore-case."
    if isinstance(condition, Numeric) and isinstance(leaf.value, str):
        return "The event has a text here; numeric compares numbers only."
    return ""


def _same_but_for_case(wanted: object, found: object) -> bool:
    return isinstance(wanted, str) and isinstance(found, str) and wanted.casefold() == found.casefold()
