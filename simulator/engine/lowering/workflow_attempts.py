"""Attempts of a state: each with its pause, as Retry says, then where Catch leads.

Every retrier counts by itself, so an attempt is known by how often each has been used. All of them
are written out one after the other, up to a bound; beyond it the last one repeats itself.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from designer.domain.graph.model import Node
from designer.domain.workflows.machine import State
from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.plan import Plan
from simulator.engine.lowering.tables import Label
from simulator.engine.lowering.workflow_errors import Catcher, Cause, Retrier, catchers, retriers

MOST_ATTEMPTS: Final = 48
"""Attempts that are written out."""

_PASSING: Final = dict.fromkeys((st.SERVICE_UNAVAILABLE, st.INTERNAL_ERROR, st.DEPENDENCY_DOWN), st.THROTTLED)
_CLEARED: Final = dict.fromkeys(range(1, len(st.STATUSES)), st.OK)

Counts = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Ways:
    """Where a state goes on."""

    worked: Label
    failed: Label
    """The end of the machine, with the status of what failed."""
    states: Mapping[str, Label]


class Attempts:
    """The attempts of one state. ``body`` emits one: it falls through when it worked, else goes to a label."""

    def __init__(self, plan: Plan, node: Node, state: State, ways: Ways) -> None:
        self._plan, self._node, self._ways = plan, node, ways
        self._retriers: tuple[Retrier, ...] = retriers(state)
        self._catchers: tuple[Catcher, ...] = catchers(state)
        self._labels: dict[Counts, Label] = {}
        self._pending: list[Counts] = []

    def emit(self, body: Callable[[Label, Label], None], again: Callable[[], None]) -> None:
        """Write all attempts. ``body(failed, timed_out)`` is one; ``again`` comes before all but the first."""
        tables = self._plan.tables
        first = (0,) * len(self._retriers)
        self._label(first)
        while self._pending:
            counts = self._pending.pop(0)
            tables.place(self._labels[counts])
            if counts != first:
                again()
            failed, timed_out = Label("failed"), Label("timed out")
            body(failed, timed_out)
            tables.emit(op.JUMP, target=self._ways.worked)
            tables.place(timed_out)
            self._decide(Cause.TIMEOUT, counts)
            tables.place(failed)
            self._tell_apart(counts)

    def _tell_apart(self, counts: Counts) -> None:
        """Busy or failed, when that makes a difference."""
        tables = self._plan.tables
        if self._decision(Cause.BUSY, counts) == self._decision(Cause.FAILURE, counts):
            self._decide(Cause.FAILURE, counts)
            return
        busy, failure = Label("busy"), Label("failure")
        tables.emit(op.TRANSLATE, resource=tables.translation(_PASSING))
        split = tables.policy(throttle_limit=-1, maximum_age=math.inf)
        tables.emit(op.RETRY, node=self._plan.number(self._node), resource=split, target=busy, otherwise=failure)
        tables.place(busy)
        self._decide(Cause.BUSY, counts, told_apart=True)
        tables.place(failure)
        self._decide(Cause.FAILURE, counts)

    def _decision(self, cause: Cause, counts: Counts) -> tuple[str, int | str]:
        """Which retrier repeats it, which state catches it, or that it fails."""
        for number, retrier in enumerate(self._retriers):
            if cause in retrier.causes:
                if counts[number] < retrier.attempts:
                    return "retry", number
                break
        for catcher in self._catchers:
            if cause in catcher.causes and catcher.target in self._ways.states:
                return "catch", catcher.target
        return "fail", ""

    def _decide(self, cause: Cause, counts: Counts, *, told_apart: bool = False) -> None:
        tables = self._plan.tables
        what, which = self._decision(cause, counts)
        if what == "retry":
            self._wait(int(which), counts, told_apart=told_apart)
        elif what == "catch":
            tables.emit(op.TRANSLATE, resource=tables.translation(_CLEARED))
            tables.emit(op.JUMP, target=self._ways.states[str(which)])
        elif told_apart:
            tables.emit(op.FAIL, x=1.0, code=st.THROTTLED, otherwise=self._ways.failed)
        else:
            tables.emit(op.JUMP, target=self._ways.failed)

    def _wait(self, number: int, counts: Counts, *, told_apart: bool) -> None:
        """The pause, and the next attempt. What was told apart has been counted as a retry already."""
        plan, tables, retrier = self._plan, self._plan.tables, self._retriers[number]
        wait_s = retrier.wait_s(counts[number])
        target = self._label((*counts[:number], counts[number] + 1, *counts[number + 1 :]), otherwise=counts)
        stream = plan.stream(self._node, "retries")
        if told_apart:
            pause = tables.uniform(0.0, wait_s) if retrier.jitter else tables.constant(wait_s)
            tables.emit(op.DELAY, resource=pause, stream=stream)
            tables.emit(op.JUMP, target=target)
            return
        policy = tables.policy(
            limit=-1,
            throttle_limit=-1,
            wait=wait_s,
            wait_most=wait_s,
            throttle_wait=wait_s,
            throttle_wait_most=wait_s,
            maximum_age=math.inf,
            jitter=int(retrier.jitter),
        )
        tables.emit(
            op.RETRY,
            node=plan.number(self._node),
            resource=policy,
            target=target,
            otherwise=self._ways.failed,
            stream=stream,
        )

    def _label(self, counts: Counts, *, otherwise: Counts | None = None) -> Label:
        if counts not in self._labels:
            if otherwise is not None and len(self._labels) >= MOST_ATTEMPTS:
                return self._labels[otherwise]
            self._labels[counts] = Label(f"attempt {counts}")
            self._pending.append(counts)
        return self._labels[counts]
