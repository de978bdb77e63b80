"""Decides whether an event fits a pattern, and says which fields do not and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from designer.domain.events.conditions import Exactly, Exists, Leaf, Numeric, written
from designer.domain.events.located_json import JsonKind, Located, Place, TextError
from designer.domain.events.pattern import Fields, Values

_NOTHING = Located(JsonKind.OBJECT, Place(1, 1, "$"))
_LONGEST_SHOWN = 80
MOST_COMPARISONS = 500_000
"""Of one event with one pattern; a second's work, far beyond what AWS takes."""


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
    """Why the event does not fit; empty when it does. TextError when both are too large."""
    return _Matcher(event).misses(pattern, event, ())


class _Matcher:
    """One event; remembers which paths it has, because absence is told by the whole event and not by one element."""

    def __init__(self, event: Located) -> None:
        self.event = event
        self._present: dict[tuple[str, ...], bool] = {}
        self._comparisons = 0

    def misses(self, pattern: Fields, node: Located, path: tuple[str, ...]) -> tuple[Miss, ...]:
        """What does not fit at a path. Of a list, one element has to fit in all fields."""
        if node.kind is JsonKind.ARRAY and node.items:
            return _fewest(self.misses(pattern, item, path) for item in node.items)
        self._count(len(pattern.fields))
        found: list[Miss] = []
        for name, wanted in pattern.fields.items():
            member = node.members.get(name)
            if isinstance(wanted, Fields):
                found += self.misses(wanted, member or _NOTHING, (*path, name))
            else:
                found += self._value_misses(wanted, member, (*path, name))
        if pattern.either:
            found += _fewest(self.misses(alternative, node, path) for alternative in pattern.either)
        return tuple(found)

    def _value_misses(self, wanted: Values, node: Located | None, path: tuple[str, ...]) -> tuple[Miss, ...]:
        leaves = list(_leaves(node)) if node is not None else []
        self._count(len(wanted.conditions) * len(leaves))
        for condition in wanted.conditions:
            if isinstance(condition, Exists) and not condition.wanted:
                if not self._is_present(path):
                    return ()
            elif any(condition.holds(leaf) for leaf in leaves):
                return ()
        text = " or ".join(str(condition) for condition in wanted.conditions)
        place = node.place if node is not None else None
        shown = ".".join(("$", *path))
        return (Miss(shown, text, _found(node), wanted.place, place, _hint(wanted, leaves)),)

    def _count(self, comparisons: int) -> None:
        self._comparisons += comparisons
        if self._comparisons > MOST_COMPARISONS:
            raise TextError("It is too large to be compared with this pattern.", self.event.place, "Shorten the lists.")

    def _is_present(self, path: tuple[str, ...]) -> bool:
        if path not in self._present:
            self._present[path] = any(True for node in self._at(self.event, path) for _ in _leaves(node))
        return self._present[path]

    def _at(self, node: Located, path: tuple[str, ...]) -> Iterator[Located]:
        """Every value at the path, through lists."""
        self._count(1)
        if not path:
            yield node
        elif node.kind is JsonKind.ARRAY:
            for item in node.items:
                yield from self._at(item, path)
        elif path[0] in node.members:
            yield from self._at(node.members[path[0]], path[1:])


def _fewest(tried: Iterable[tuple[Miss, ...]]) -> tuple[Miss, ...]:
    return min(tried, key=len)


def _leaves(node: Located) -> Iterator[Leaf]:
    """The values at a field: itself, or the members of a list of any depth that are no objects."""
    if node.kind is JsonKind.ARRAY:
        for item in node.items:
            yield from _leaves(item)
    elif node.kind is not JsonKind.OBJECT:
        yield Leaf(node.value, node.text)


def _found(node: Located | None) -> str:
    if node is None:
        return "nothing: the field is absent"
    if node.kind is JsonKind.OBJECT:
        return "an object, which a list of values never fits"
    leaves = [written(leaf.value, leaf.text) for leaf in _leaves(node)]
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
