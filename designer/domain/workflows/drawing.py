"""The states and transitions of a definition as boxes and lines, for a small picture beside the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from designer.domain.workflows.integrations import CallKind, read_call
from designer.domain.workflows.machine import Machine, State
from designer.domain.workflows.problem import Path, path_text
from designer.domain.workflows.source import Source

MOST_STATES: Final = 2_000
"""More boxes than that help nobody."""


@dataclass(frozen=True, slots=True)
class Box:
    """One state. ``inside`` is the id of the state that it lies in, ``lane`` which branch of it; ``line`` from 1."""

    id: str
    name: str
    type: str
    detail: str
    inside: str
    lane: int
    line: int
    begins: bool
    ends: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A way from one state to another: ``next``, ``choice``, ``default`` or ``catch``."""

    origin: str
    target: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """Boxes in the order of the text, and the lines between them."""

    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


def draw(machine: Machine, source: Source) -> Drawing:
    """The picture of a machine; states beyond the two thousandth are left out."""
    pencil = _Pencil(source)
    pencil.add(machine, "", 0)
    known = {box.id for box in pencil.boxes}
    return Drawing(tuple(pencil.boxes), tuple(line for line in pencil.lines if {line.origin, line.target} <= known))


class _Pencil:
    def __init__(self, source: Source) -> None:
        self._source = source
        self.boxes: list[Box] = []
        self.lines: list[Line] = []

    def add(self, machine: Machine, inside: str, lane: int) -> None:
        for state in machine.states.values():
            if len(self.boxes) >= MOST_STATES:
                return
            box_id = path_text(state.path)
            self.boxes.append(
                Box(
                    box_id,
                    state.name,
                    state.type,
                    _detail(state),
                    inside,
                    lane,
                    self._source.position(state.path)[0],
                    begins=state.name == machine.start_at,
                    ends=state.fields.get("End") is True or state.type in ("Succeed", "Fail"),
                )
            )
            self.lines += _ways(machine, state)
            for number, inner in enumerate(state.branches):
                self.add(inner, box_id, number)


def _ways(machine: Machine, state: State) -> list[Line]:
    def line(target: object, kind: str, label: str = "") -> Line:
        path: Path = (*machine.path, "States", str(target))
        return Line(path_text(state.path), path_text(path), kind, label)

    found = [] if state.next is None else [line(state.next, "next")]
    for number, rule in enumerate(_rules(state, "Choices")):
        found.append(line(rule.get("Next"), "choice", f"rule {number + 1}"))
    if "Default" in state.fields:
        found.append(line(state.fields["Default"], "default", "default"))
    for rule in _rules(state, "Catch"):
        errors = rule.get("ErrorEquals")
        names = [str(name) for name in errors] if isinstance(errors, list) else []
        found.append(line(rule.get("Next"), "catch", ", ".join(names)[:60]))
    return found


def _rules(state: State, field: str) -> list[dict[str, object]]:
    rules = state.fields.get(field)
    return [rule for rule in rules if isinstance(rule, dict)] if isinstance(rules, list) else []


def _detail(state: State) -> str:
    """What stands small below the name: the call of a task, the seconds of a wait."""
    if state.type == "Task":
        call = read_call(state.fields.get("Resource"))
        if call.kind in (CallKind.OPTIMIZED, CallKind.SDK):
            return f"{call.service}:{call.action}{call.suffix}"
        return "activity" if call.kind is CallKind.ACTIVITY else "function"
    if state.type == "Wait":
        seconds = state.fields.get("Seconds")
        return f"{seconds} s" if isinstance(seconds, int) else "until a time"
    if state.type == "Map":
        return "distributed" if state.distributed else "inline"
    return ""
