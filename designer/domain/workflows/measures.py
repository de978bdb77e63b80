"""What can be told of an execution from its definition alone: waits, events of the history, loops."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Final

from designer.domain.catalog.spec import Value
from designer.domain.workflows.machine import Machine, State, ways_out

EVENTS_OF_TASK: Final = 5
"""Entered, scheduled, started, succeeded, exited."""
EVENTS_OF_STATE: Final = 2
"""Entered and exited."""
EVENTS_OF_ITERATION: Final = 2
"""Started and succeeded."""


def fixed_wait_s(machine: Machine) -> int:
    """The most seconds that Wait states add up to on one way through the machine, without going round."""

    def own(state: State) -> int:
        seconds = state.fields.get("Seconds")
        waits = seconds if state.type == "Wait" and isinstance(seconds, int) and not isinstance(seconds, bool) else 0
        inside = [fixed_wait_s(inner) for inner in state.branches if not state.distributed]
        return waits + max(inside, default=0)

    return _longest(machine, own)


def history_events(machine: Machine, items: Callable[[State], int]) -> int:
    """Events in the history of the longest way through, without going round and without failures."""

    def own(state: State) -> int:
        if state.type == "Task":
            return EVENTS_OF_TASK
        inside = sum(history_events(inner, items) for inner in state.branches)
        if state.type == "Map":
            inside = 0 if state.distributed else items(state) * (inside + EVENTS_OF_ITERATION)
        return EVENTS_OF_STATE + inside

    return _longest(machine, own)


def _longest(machine: Machine, own: Callable[[State], int]) -> int:
    """The largest sum on one way from the start; a way back to a state that is still being looked at counts nothing."""
    best: dict[str, int] = {}
    begun: set[str] = set()
    pending = [machine.start_at]
    while pending:
        name = pending[-1]
        if name in best or name not in machine.states:
            pending.pop()
            continue
        following = [target for _, target in ways_out(machine.states[name])]
        if name not in begun:
            begun.add(name)
            pending += [target for target in following if target not in begun]
            continue
        pending.pop()
        best[name] = own(machine.states[name]) + max((best.get(target, 0) for target in following), default=0)
    return best.get(machine.start_at, 0)


def item_counts(each: Value, single: Value) -> Callable[[State], int]:
    """How many items a Map has, by the workload parameters ``items_per_map`` and ``map_items``."""
    usual = int(each) if isinstance(each, int | float) and not isinstance(each, bool) else 10
    named: Mapping[str, object] = {}
    if isinstance(single, str) and single.strip():
        try:
            read = json.loads(single)
        except ValueError:
            read = {}
        named = read if isinstance(read, dict) else {}

    def count(state: State) -> int:
        given = named.get(state.name)
        return given if isinstance(given, int) and not isinstance(given, bool) and given >= 0 else usual

    return count
