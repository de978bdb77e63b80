"""Reading the YAML of templates: plain data only, short-form intrinsics, and lines for messages.

Built on the parser's events rather than on its composer, so that neither deep nesting nor
aliases inside aliases can cost more than the limits below. Scalars follow CloudFormation:
dates and numbers with leading zeros (account ids) stay text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import yaml

from designer.domain.formats.json_text import MAXIMUM_DEPTH
from designer.domain.formats.spec import FormatError

MAXIMUM_VALUES: Final = 300_000
"""Values of a document, each alias counted with all that it stands for."""

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTRINSICS: Final = {
    "!Ref": "Ref",
    "!Condition": "Condition",
    **{
        f"!{name}": f"Fn::{name}"
        for name in (
            *("And", "Equals", "If", "Not", "Or", "Contains", "EachMemberEquals", "EachMemberIn", "RefAll"),
            *("FindInMap", "ForEach", "GetAtt", "GetAZs", "GetStackOutput", "ImportValue", "ValueOf", "ValueOfAll"),
            *("Base64", "Cidr", "Join", "Length", "Select", "Split", "Sub", "ToJsonString", "Transform"),
        )
    },
}
_STANDARD_TAG: Final = "tag:yaml.org,2002:"
_PLAIN_TAGS: Final = frozenset({"str", "int", "float", "bool", "null", "map", "seq", "timestamp", "binary"})
_NULL: Final = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE: Final = frozenset({"true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON"})
_FALSE: Final = frozenset({"false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF"})
_INTEGER: Final = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_FLOAT: Final = re.compile(r"[-+]?(\.[0-9]+|(0|[1-9][0-9]*)\.[0-9]*)([eE][-+]?[0-9]{1,3})?")
_MERGE: Final = "<<"


@dataclass(frozen=True, slots=True)
class YamlDocument:
    """The values of a document and the lines on which its upper levels stand."""

    value: object
    lines: dict[tuple[str, ...], int]
    """Line of a key, by the keys above it and itself; the first four levels only."""
    notes: tuple[str, ...] = ()
    """Repeated keys deep inside: deployed templates have them, and the last one counts."""


@dataclass(slots=True)
class _Open:
    """A mapping or list whose end has not been reached."""

    is_mapping: bool
    tag: str | None
    anchor: str | None
    path: tuple[str, ...]
    items: list[object] = field(default_factory=list)
    entries: dict[str, object] = field(default_factory=dict)
    merged: list[object] = field(default_factory=list)
    key: str | None = None
    size: int = 1


@dataclass(frozen=True, slots=True)
class _Anchored:
    value: object
    size: int


def read_yaml(text: str) -> YamlDocument:
    """Read one YAML document. Raises :class:`FormatError` with line and column."""
    reader = _Reader()
    for event in _events(text):
        reader.take(event)
    if not reader.finished:
        raise FormatError("holds no YAML document")
    return YamlDocument(reader.result, reader.lines, tuple(reader.notes))


def _events(text: str) -> Iterator[yaml.Event]:
    try:
        yield from yaml.parse(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        begin = error.context_mark
        inside = "" if begin is None or begin is mark else f", in what begins on line {begin.line + 1}"
        raise FormatError(
            f"not YAML: {error.problem or error.context}{inside}",
            line=None if mark is None else mark.line + 1,
            column=None if mark is None else mark.column + 1,
        ) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise FormatError(f"not YAML: {error.reason} (character {error.character!r})", line=line) from None
    except yaml.YAMLError as error:
        raise FormatError(f"not YAML: {error}") from None
    except RecursionError:
        raise FormatError(f"is nested too deeply; the most is {MAXIMUM_DEPTH} levels") from None


class _Reader:
    """Builds the values from parser events."""

    def __init__(self) -> None:
        self.result: object = None
        self.finished = False
        self.lines: dict[tuple[str, ...], int] = {}
        self.notes: list[str] = []
        self._open: list[_Open] = []
        self._anchors: dict[str, _Anchored] = {}
        self._values = 0

    def take(self, event: yaml.Event) -> None:
        """Process one event."""
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._begin(event)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._end(event)
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.DocumentStartEvent) and self.finished:
            raise _problem(event, "holds a second YAML document; one file is one template")

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        value = _scalar_value(event)
        if event.tag is not None and event.tag in _INTRINSICS:
            value = _intrinsic(event.tag, event.value)
        self._add(event, value, 1, event.anchor, plain=event.implicit[0])

    def _begin(self, event: yaml.CollectionStartEvent) -> None:
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        if self._open and self._open[-1].is_mapping and self._open[-1].key is None:
            raise _problem(event, "a key must be text, not a list or a mapping")
        if len(self._open) >= MAXIMUM_DEPTH:
            raise _problem(event, f"is nested too deeply; the most is {MAXIMUM_DEPTH} levels")
        _check_tag(event)
        self._open.append(_Open(is_mapping, event.tag, event.anchor, self._path()))

    def _path(self) -> tuple[str, ...]:
        if not self._open:
            return ()
        parent = self._open[-1]
        return (*parent.path, parent.key if parent.key is not None else str(len(parent.items)))

    def _end(self, event: yaml.Event) -> None:
        done = self._open.pop()
        value: object = done.items
        if done.is_mapping:
            for source in done.merged:
                for key, merged in _merge_source(event, source).items():
                    done.entries.setdefault(key, merged)
            value = done.entries
        if done.tag in _INTRINSICS:
            value = _intrinsic(done.tag, value)
        self._add(event, value, done.size, done.anchor)

    def _alias(self, event: yaml.AliasEvent) -> None:
        anchored = self._anchors.get(event.anchor or "")
        if anchored is None:
            inside = any(item.anchor == event.anchor for item in self._open)
            reason = "stands for something that contains it" if inside else "is not defined before"
            raise _problem(event, f"the alias *{event.anchor} {reason}")
        self._add(event, anchored.value, anchored.size, None)

    def _add(self, event: yaml.Event, value: object, size: int, anchor: str | None, *, plain: bool = False) -> None:
        if anchor is not None:
            self._anchors[anchor] = _Anchored(value, size)
        if not self._open:
            self.result, self.finished = value, True
            return
        parent = self._open[-1]
        parent.size += size
        if parent.size > MAXIMUM_VALUES:
            raise _problem(event, f"stands for more than {MAXIMUM_VALUES:,} values, aliases counted in full")
        if not parent.is_mapping:
            parent.items.append(value)
        elif parent.key is None:
            self._set_key(parent, event, value, plain=plain)
        else:
            if parent.key == _MERGE:
                parent.merged.append(value)
            else:
                parent.entries[parent.key] = value
            parent.key = None

    def _set_key(self, parent: _Open, event: yaml.Event, value: object, *, plain: bool) -> None:
        if isinstance(value, dict | list):
            raise _problem(event, "a key must be text, not a list or a mapping")
        key = event.value if isinstance(event, yaml.ScalarEvent) else str(value)
        if key in parent.entries:
            if len(parent.path) <= 1:
                raise _problem(event, f"the key {key!r} is there twice")
            self.notes.append(f"Line {_line(event)}: the key {key!r} is there twice; the last one counts.")
        parent.key = key if key != _MERGE or plain else f"{key} "
        if len(parent.path) < 4:
            self.lines.setdefault((*parent.path, key), _line(event))


def _merge_source(event: yaml.Event, source: object) -> dict[str, object]:
    if isinstance(source, dict):
        return source
    if isinstance(source, list) and all(isinstance(item, dict) for item in source):
        merged: dict[str, object] = {}
        for item in source:
            for key, value in item.items():
                merged.setdefault(key, value)
        return merged
    raise _problem(event, "'<<' must be given a mapping or a list of mappings")


def _scalar_value(event: yaml.ScalarEvent) -> object:
    _check_tag(event)
    text: str = event.value
    if event.tag is not None and event.tag.startswith(_STANDARD_TAG):
        kind = event.tag.removeprefix(_STANDARD_TAG)
        return text if kind in ("str", "timestamp", "binary") else _plain(text)
    if event.implicit[0] and event.tag is None:
        return _plain(text)
    return text


def _plain(text: str) -> object:
    if text in _NULL:
        return None
    if text in _TRUE:
        return True
    if text in _FALSE:
        return False
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text


def _check_tag(event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
    tag = event.tag
    if tag is None or tag == "!" or tag in _INTRINSICS:
        return
    if tag.startswith(_STANDARD_TAG) and tag.removeprefix(_STANDARD_TAG) in _PLAIN_TAGS:
        return
    raise _problem(event, f"the tag {tag.replace(_STANDARD_TAG, '!!')} is not one that CloudFormation knows")


def _intrinsic(tag: str | None, value: object) -> object:
    name = _INTRINSICS[tag or ""]
    if name == "Fn::GetAtt" and isinstance(value, str):
        return {name: value.split(".", 1)}
    return {name: value}


def _problem(event: yaml.Event, message: str) -> FormatError:
    column = None if event.start_mark is None else event.start_mark.column + 1
    return FormatError(message, line=_line(event), column=column)


def _line(event: yaml.Event) -> int:
    return 0 if event.start_mark is None else event.start_mark.line + 1
