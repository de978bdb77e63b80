"""The calls of a definition: each Task, and each bucket that a distributed Map reads or writes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from designer.domain.workflows.integrations import TARGET_FIELDS, Call, CallKind, read_call
from designer.domain.workflows.machine import Machine, State, all_states
from designer.domain.workflows.problem import Path

PLACEHOLDER: Final = re.compile(r"\$\{(?P<node>[^{}.!]+)(?:\.(?P<attribute>[^{}]+))?\}")
"""``${node-id}``, or ``${node-id.Arn}`` for one attribute as CloudFormation names it."""


@dataclass(frozen=True, slots=True)
class TaskCall:
    """One call of a state. ``names`` are the texts that say what it reaches, the most telling first."""

    state: State
    call: Call
    path: Path
    names: tuple[str, ...]
    distributed_map: bool = False
    """True for the ItemReader or ResultWriter of a Map, which are no task of their own."""

    @property
    def hands_over(self) -> bool:
        """True when the call asks Lambda to queue the event instead of waiting for the function."""
        return arguments(self.state).get("InvocationType") == "Event"


def arguments(state: State) -> Mapping[str, object]:
    """What a task passes to its API, in whichever query language."""
    given = state.fields.get("Arguments", state.fields.get("Parameters"))
    return given if isinstance(given, Mapping) else {}


def task_calls(machine: Machine) -> Iterator[TaskCall]:
    """Every call of the machine and of those inside it."""
    for state in all_states(machine):
        if state.type == "Task":
            call = read_call(state.fields.get("Resource"))
            yield TaskCall(state, call, (*state.path, "Resource"), tuple(_names(state, call)))
        elif state.type == "Map":
            yield from _map_calls(state)


def _names(state: State, call: Call) -> Iterator[str]:
    if call.kind in (CallKind.FUNCTION, CallKind.PLACEHOLDER):
        yield call.resource
        return
    given = arguments(state)
    for field in TARGET_FIELDS.get(call.service, ()):
        for value in _values(given, field):
            if isinstance(value, str):
                yield value
    if call.service == "http":
        yield from (value for value in _values(given, "ConnectionArn") if isinstance(value, str))


def _values(value: object, field: str) -> Iterator[object]:
    """What stands under the field, or under the field with ``.$``, at any depth of the arguments' lists."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            if key in (field, f"{field}.$"):
                yield item
            elif isinstance(item, Mapping | list):
                yield from _values(item, field)
    elif isinstance(value, list):
        for item in value:
            yield from _values(item, field)


def _map_calls(state: State) -> Iterator[TaskCall]:
    for key in ("ItemReader", "ResultWriter"):
        part = state.fields.get(key)
        if not isinstance(part, Mapping):
            continue
        given = part.get("Arguments", part.get("Parameters"))
        names = tuple(value for value in _values(given, "Bucket") if isinstance(value, str))
        call = read_call(part.get("Resource"))
        yield TaskCall(state, call, (*state.path, key), names, distributed_map=True)


def mentioned(text: str) -> Iterator[str]:
    """Ids of the nodes that placeholders in a text stand for; not AWS's own, such as ``${AWS::Region}``."""
    for match in PLACEHOLDER.finditer(text):
        if not match["node"].startswith("AWS::"):
            yield match["node"]


def last_name(text: str) -> str:
    """The name at the end of an ARN, a queue URL or an address; the text itself when it is only a name."""
    if text.startswith("arn:"):
        parts = text.split(":")
        kind = parts[2] if len(parts) > 2 else ""
        tail = parts[6] if kind in ("lambda", "states") and len(parts) > 6 else parts[-1]
        return tail.rsplit("/", 1)[-1]
    if text.startswith("https://"):
        return text.rstrip("/").rsplit("/", 1)[-1]
    return text
