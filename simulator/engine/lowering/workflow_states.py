"""The states of a definition as programs: what each waits for, calls, repeats and leads to."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from designer.domain.graph.model import Edge, Node
from designer.domain.workflows.integrations import Pattern
from designer.domain.workflows.machine import Machine, State
from designer.domain.workflows.maps_and_waits import DISTRIBUTED_CONCURRENCY, INLINE_CONCURRENCY
from designer.domain.workflows.measures import item_counts
from designer.domain.workflows.problem import Path
from designer.domain.workflows.reach import calls_of, stands_for
from designer.domain.workflows.task_checks import HTTP_TASK_S
from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.calls import emit_call
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.tables import Label
from simulator.engine.lowering.workflow_attempts import Attempts, Ways

TRANSITIONS: Final = "state transitions"
CHILDREN: Final = "express child executions"
UNKNOWN_WAIT_S: Final = 1.0
"""A wait whose length only the data says."""
_PAUSE_S: Final = 0.1
"""Longest pause before a transition that the account's quota holds up asks again."""


@dataclass(frozen=True, slots=True)
class Pace:
    """What every transition costs: its own time, and a token of the account's quota (bucket -1: there is none)."""

    overhead: int
    bucket: int
    meter: int


class States:
    """Writes the states of one workflow's machines."""

    def __init__(self, plan: Plan, node: Node, pace: Pace) -> None:
        self._plan, self._node, self._pace = plan, node, pace
        self._tables = plan.tables
        self._items = item_counts(node.value("items_per_map"), node.value("map_items"))
        self._choices = _choice_probabilities(node)
        self._edges: dict[Path, Edge] = {}
        edges = plan.design.outgoing(node.id)
        for reached in calls_of(plan.design, node):
            path = reached.call.state.path
            for edge in edges:
                if not reached.call.distributed_map and stands_for(edge, node, reached):
                    self._edges.setdefault(path, edge)
                elif reached.call.distributed_map and stands_for(edge, node, reached):
                    plan.edge_number(edge)

    def machine(self, machine: Machine, *, metered: bool = True) -> Label:
        """Write a machine; a frame that begins at the label ends when the machine has ended."""
        labels = {name: Label(f"state {name}") for name in machine.states}
        end = Label("machine ended")
        inner: list[tuple[State, list[Label]]] = []
        for state in machine.states.values():
            branches = [Label("branch") for _ in state.branches]
            inner.append((state, branches))
            self._tables.place(labels[state.name])
            self._state(state, labels, end, branches, metered=metered)
        self._tables.place(end)
        self._tables.emit(op.END)
        for state, branches in inner:
            for branch, label in zip(state.branches, branches, strict=True):
                self._branch(state, branch, label, metered=metered)
        return labels[machine.start_at]

    def _branch(self, state: State, machine: Machine, label: Label, *, metered: bool) -> None:
        """A branch or the work on one item: a program that begins with a jump to its first state."""
        own = metered
        start = Label("first state")
        self._tables.place(label)
        if state.distributed and state.child_type == "EXPRESS":
            self._tables.emit(
                op.METER, node=self._plan.number(self._node), resource=self._plan.meter(self._node, CHILDREN), x=1.0
            )
            own = False
        self._tables.emit(op.JUMP, target=start)
        begins = self.machine(machine, metered=own)
        self._tables.place(start)
        self._tables.emit(op.JUMP, target=begins)

    def _state(
        self, state: State, labels: Mapping[str, Label], end: Label, branches: list[Label], *, metered: bool
    ) -> None:
        self._tables.emit(op.ALIVE)
        self._transition(metered=metered)
        following = labels.get(state.next or "", end)
        match state.type:
            case "Choice":
                self._choice(state, labels, end)
            case "Wait":
                self._tables.emit(op.DELAY, resource=self._tables.constant(_wait_s(state)))
                self._tables.emit(op.JUMP, target=following)
            case "Fail":
                self._tables.emit(op.FAIL, x=1.0, code=st.EXECUTION_FAILED, otherwise=end)
            case "Task" | "Parallel" | "Map":
                attempts = Attempts(self._plan, self._node, state, Ways(following, end, labels))

                def body(failed: Label, timed_out: Label) -> None:
                    if state.type == "Task":
                        self._task(state, failed, timed_out)
                    else:
                        self._fork(state, branches, failed)

                attempts.emit(body, lambda: self._transition(metered=metered))
            case _:
                self._tables.emit(op.JUMP, target=following)

    def _transition(self, *, metered: bool) -> None:
        """Count it, wait until the account's quota lets it pass, and take its time."""
        tables, pace = self._tables, self._pace
        if metered and pace.meter >= 0:
            tables.emit(op.METER, node=self._plan.number(self._node), resource=pace.meter, x=1.0)
        if metered and pace.bucket >= 0:
            ask, full, passed = Label("ask"), Label("quota used up"), Label("passed")
            tables.place(ask)
            tables.emit(op.BUCKET, resource=pace.bucket, x=1.0, flags=1, code=st.THROTTLED, otherwise=full)
            tables.emit(op.JUMP, target=passed)
            tables.place(full)
            tables.emit(op.TRANSLATE, resource=tables.translation({st.THROTTLED: st.OK}))
            pause = tables.uniform(0.0, _PAUSE_S)
            tables.emit(op.DELAY, resource=pause, stream=self._plan.stream(self._node, "held up"))
            tables.emit(op.JUMP, target=ask)
            tables.place(passed)
        tables.emit(op.DELAY, resource=pace.overhead, stream=self._plan.stream(self._node, "transitions"))

    def _choice(self, state: State, labels: Mapping[str, Label], end: Label) -> None:
        shares = shares_of(state, self._choices.get(state.name, {}))
        ways = [(share, labels.get(target, end)) for target, share in shares.items()]
        if any(share > 0.0 for share, _ in ways):
            self._tables.route(ways, self._plan.stream(self._node, "choices"), self._plan.number(self._node))
        else:
            self._tables.emit(op.FAIL, x=1.0, code=st.EXECUTION_FAILED, otherwise=end)

    def _task(self, state: State, failed: Label, timed_out: Label) -> None:
        """One attempt: the call, or the usual time of one when the target is not drawn."""
        plan, tables = self._plan, self._tables
        edge = self._edges.get(state.path)
        callback = edge is not None and edge.flow.value == Pattern.CALLBACK.value
        limit_s = _limit_s(state, edge, callback=callback)
        in_time = Label("in time")
        interrupted = Label("interrupted")
        if limit_s:
            timer = tables.timer(limit_s, st.WAIT_TIMEOUT, timed_out)
            tables.emit(op.START_TIMER, resource=timer)
        if edge is not None:
            emit_call(plan, edge, otherwise=interrupted, flags=3)
            if callback:
                tables.emit(op.DELAY, resource=tables.constant(edge.number("answer_after_s", 5.0)))
        else:
            elsewhere = plan.latency("step_functions.call_elsewhere")
            tables.emit(op.DELAY, resource=elsewhere, stream=plan.stream(self._node, "calls elsewhere"))
        tables.emit(op.JUMP, target=in_time)
        tables.place(interrupted)
        if limit_s:
            tables.emit(op.STOP_TIMER)
        tables.emit(op.JUMP, target=failed)
        tables.place(in_time)
        if limit_s:
            tables.emit(op.STOP_TIMER)

    def _fork(self, state: State, branches: list[Label], failed: Label) -> None:
        tables = self._tables
        tables.emit(op.FORK, node=self._plan.number(self._node), otherwise=failed)
        if state.type == "Parallel":
            first = len(tables.choices)
            tables.choices += [(1.0, label) for label in branches]
            tables.emit(op.BRANCHES, resource=first, code=len(branches))
            return
        items = self._items(state)
        tables.emit(
            op.BRANCHES,
            target=branches[0],
            x=float(items),
            flags=_at_once(state),
            otherwise=_tolerated(state, items),
            stream=self._plan.stream(self._node, "items"),
        )


def shares_of(state: State, given: Mapping[str, float]) -> dict[str, float]:
    """How often a run takes each way out of a Choice: as given, and the rest evenly."""
    rules = state.fields.get("Choices")
    targets = (
        [str(rule["Next"]) for rule in rules if isinstance(rule, Mapping) and "Next" in rule]
        if isinstance(rules, list)
        else []
    )
    if isinstance(state.fields.get("Default"), str):
        targets.append(str(state.fields["Default"]))
    targets = list(dict.fromkeys(targets))
    named = {target: given[target] for target in targets if target in given}
    others = [target for target in targets if target not in named]
    left = max(1.0 - sum(named.values()), 0.0)
    return {target: named.get(target, left / len(others) if others else 0.0) for target in targets}


def _choice_probabilities(node: Node) -> dict[str, dict[str, float]]:
    written = node.value("choice_probabilities")
    try:
        read = json.loads(written) if isinstance(written, str) and written.strip() else {}
    except ValueError:
        return {}
    return {
        str(name): {str(target): float(share) for target, share in ways.items() if _is_share(share)}
        for name, ways in (read.items() if isinstance(read, dict) else ())
        if isinstance(ways, dict)
    }


def _is_share(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value >= 0


def _wait_s(state: State) -> float:
    seconds = state.fields.get("Seconds")
    return float(seconds) if isinstance(seconds, int) and not isinstance(seconds, bool) else UNKNOWN_WAIT_S


def _limit_s(state: State, edge: Edge | None, *, callback: bool) -> float:
    """The state's time limit; 0 for none. Without a heartbeat in the model, its pause counts for callbacks."""
    limits = [state.fields.get("TimeoutSeconds"), state.fields.get("HeartbeatSeconds") if callback else None]
    found = [float(value) for value in limits if isinstance(value, int) and not isinstance(value, bool)]
    if edge is not None and edge.connection.endswith(".http_task"):
        found.append(float(HTTP_TASK_S))
    return min(found, default=0.0)


def _at_once(state: State) -> int:
    most = DISTRIBUTED_CONCURRENCY if state.distributed else INLINE_CONCURRENCY
    wanted = state.fields.get("MaxConcurrency")
    return min(wanted, most) if isinstance(wanted, int) and not isinstance(wanted, bool) and wanted > 0 else most


def _tolerated(state: State, items: int) -> int:
    """Items that may fail in a distributed Map."""
    count, percent = state.fields.get("ToleratedFailureCount"), state.fields.get("ToleratedFailurePercentage")
    found = [int(count)] if isinstance(count, int) and not isinstance(count, bool) else []
    if isinstance(percent, int | float) and not isinstance(percent, bool):
        found.append(int(percent / 100.0 * items))
    return min(found, default=0)
