"""A definition as machines and states, read as far as it makes sense; what is wrong in it is told elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from designer.domain.workflows.problem import Path

JSONPATH: Final = "JSONPath"
JSONATA: Final = "JSONata"


@dataclass(frozen=True, slots=True)
class State:
    """One state. ``fields`` is everything that stands in it."""

    name: str
    type: str
    fields: Mapping[str, object]
    path: Path
    language: str
    branches: tuple[Machine, ...] = ()
    """The machines inside: the branches of a Parallel, the processor of a Map."""

    @property
    def next(self) -> str | None:
        """Name of the state that follows, or None."""
        following = self.fields.get("Next")
        return following if isinstance(following, str) else None

    @property
    def distributed(self) -> bool:
        """True for a Map whose items are executions of their own."""
        return self.type == "Map" and _processor_config(self).get("Mode") == "DISTRIBUTED"

    @property
    def child_type(self) -> str:
        """The execution type of a distributed Map's children, ``STANDARD`` or ``EXPRESS``."""
        return str(_processor_config(self).get("ExecutionType", ""))


@dataclass(frozen=True, slots=True)
class Machine:
    """States and where they begin: the whole definition, a branch, or the processor of a Map."""

    start_at: str
    states: Mapping[str, State]
    path: Path
    fields: Mapping[str, object] = field(default_factory=dict)


def read_machine(value: object, path: Path = (), language: str = "") -> Machine | None:
    """The machine that a JSON value holds, or None when it has no states."""
    if not isinstance(value, Mapping) or not isinstance(value.get("States"), Mapping):
        return None
    own = value.get("QueryLanguage")
    spoken = language or (own if own in (JSONPATH, JSONATA) else JSONPATH)
    states = {
        str(name): _read_state(str(name), state, (*path, "States", str(name)), spoken)
        for name, state in value["States"].items()
        if isinstance(state, Mapping)
    }
    return Machine(str(value.get("StartAt", "")), states, path, value)


def _read_state(name: str, fields: Mapping[str, object], path: Path, language: str) -> State:
    own = fields.get("QueryLanguage")
    spoken = own if isinstance(own, str) and own in (JSONPATH, JSONATA) else language
    inside = [read_machine(value, (*path, *place), language) for place, value in _machines(fields)]
    return State(name, str(fields.get("Type", "")), fields, path, spoken, tuple(m for m in inside if m is not None))


def _machines(fields: Mapping[str, object]) -> Iterator[tuple[Path, object]]:
    branches = fields.get("Branches")
    if isinstance(branches, list):
        for number, branch in enumerate(branches):
            yield ("Branches", number), branch
    for key in ("ItemProcessor", "Iterator"):
        if key in fields:
            yield (key,), fields[key]


def all_states(machine: Machine) -> Iterator[State]:
    """Every state, also those inside Parallel and Map states, in the order of the text."""
    for state in machine.states.values():
        yield state
        for inner in state.branches:
            yield from all_states(inner)


def all_machines(machine: Machine) -> Iterator[Machine]:
    """The machine and every one inside it."""
    yield machine
    for state in machine.states.values():
        for inner in state.branches:
            yield from all_machines(inner)


def ways_out(state: State) -> Iterator[tuple[Path, str]]:
    """Every state that can follow, with the path of the field that names it."""
    if state.next is not None:
        yield (*state.path, "Next"), state.next
    choices = state.fields.get("Choices")
    if isinstance(choices, list):
        for number, choice in enumerate(choices):
            if isinstance(choice, Mapping) and isinstance(choice.get("Next"), str):
                yield (*state.path, "Choices", number, "Next"), str(choice["Next"])
    if isinstance(state.fields.get("Default"), str):
        yield (*state.path, "Default"), str(state.fields["Default"])
    catchers = state.fields.get("Catch")
    if isinstance(catchers, list):
        for number, catcher in enumerate(catchers):
            if isinstance(catcher, Mapping) and isinstance(catcher.get("Next"), str):
                yield (*state.path, "Catch", number, "Next"), str(catcher["Next"])


def _processor_config(state: State) -> Mapping[str, object]:
    processor = state.fields.get("ItemProcessor", state.fields.get("Iterator"))
    config = processor.get("ProcessorConfig") if isinstance(processor, Mapping) else None
    return config if isinstance(config, Mapping) else {}
