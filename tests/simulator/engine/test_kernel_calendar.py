"""The future event list gives the events in the order of their times, first come, first out."""

from __future__ import annotations

import heapq
import random
from typing import Final

import pytest

from simulator.engine import instructions as op
from simulator.engine.kernel_calendar import forget, next_frame, tune
from simulator.engine.kernel_frames import take, wake_at
from simulator.engine.kernel_layout import State
from simulator.engine.kernel_memory import Table, compiled, table
from simulator.engine.lowering.tables import Label, Tables
from simulator.engine.machine import Machine

NEVER: Final = 1e300


@compiled()
def call_wake_at(s: Table, f: int, time: float) -> None:
    wake_at(s, f, time)


@compiled()
def call_next_frame(s: Table, until: float) -> int:
    return next_frame(s, until)


@compiled()
def call_forget(s: Table, f: int) -> None:
    forget(s, f)


@compiled()
def call_take(s: Table) -> int:
    return take(s, 0, -1, 0)


class Agenda:
    """The kernel's list beside a plain one that is kept in order by the standard library."""

    def __init__(self, frames: int) -> None:
        tables = Tables(seed=1)
        tables.emit(op.END)
        self.state: State = tables.build(nodes=1, edges=1, entries=1)
        self.table = table(self.state)
        self.frames = [call_take(self.table) for _ in range(frames)]
        self.order: list[tuple[float, int, int]] = []
        self.valid: dict[int, int] = {}
        self.sequence = 0

    def wake_at(self, f: int, time: float) -> None:
        self.sequence += 1
        self.valid[f] = self.sequence
        heapq.heappush(self.order, (time, self.sequence, f))
        call_wake_at(self.table, f, time)

    def forget(self, f: int) -> None:
        self.valid.pop(f, None)
        call_forget(self.table, f)

    def expected(self) -> tuple[float, int]:
        while True:
            time, sequence, f = heapq.heappop(self.order)
            if self.valid.get(f) == sequence:
                del self.valid[f]
                return time, f

    def take_next(self) -> tuple[float, int]:
        f = -2
        while f == -2:
            f = call_next_frame(self.table, NEVER)
        self.state.clock["events"] += 1
        return float(self.state.clock["now"][0]), f


DELAYS: Final = {
    "near": lambda draw: draw.expovariate(1000.0),
    "mixed": lambda draw: draw.choice([0.0, 1e-6, 0.004, 0.25, 30.0, 86_400.0]) * draw.random(),
    "all at once": lambda draw: draw.choice([0.001, 0.0011]),
    "crowded": lambda draw: draw.random() * 1e-7,
}


@pytest.mark.parametrize("kind", DELAYS)
def test_events_come_in_order_whatever_lies_between_them(kind: str) -> None:
    draw = random.Random(kind)
    agenda = Agenda(frames=300)
    for f in agenda.frames:
        agenda.wake_at(f, DELAYS[kind](draw))
    for step in range(4000):
        now, f = agenda.take_next()
        assert (now, f) == agenda.expected()
        agenda.wake_at(f, now + DELAYS[kind](draw))
        other = draw.choice(agenda.frames)
        if step % 7 == 0:
            agenda.wake_at(other, now + DELAYS[kind](draw))
        if step % 11 == 0 and other != f:
            agenda.forget(other)
            agenda.wake_at(other, now + DELAYS[kind](draw))
        if step % 500 == 0:
            tune(agenda.table)


def test_order_is_kept_when_all_events_of_a_while_come_at_one_late_moment() -> None:
    agenda = Agenda(frames=300)
    late = 30 * 86_400.0
    for f in agenda.frames:
        agenda.wake_at(f, late)
    for _ in range(200):
        assert agenda.take_next() == agenda.expected()
    agenda.state.clock["tuned_s"] = late
    tune(agenda.table)
    draw = random.Random(2)
    for _ in range(2000):
        now, f = agenda.take_next()
        assert (now, f) == agenda.expected()
        agenda.wake_at(f, now + draw.expovariate(1e6))
        agenda.wake_at(draw.choice(agenda.frames), now + draw.random() * 1e-5)
    assert agenda.state.clock["days_per_s"][0] * late < 2.0**53


def test_nothing_is_taken_that_lies_beyond_the_limit() -> None:
    agenda = Agenda(frames=2)
    agenda.wake_at(agenda.frames[0], 2.0)
    agenda.wake_at(agenda.frames[1], 50.0)
    assert call_next_frame(agenda.table, 1.0) == -1
    assert call_next_frame(agenda.table, 2.0) == agenda.frames[0]
    assert call_next_frame(agenda.table, 49.0) == -1
    assert call_next_frame(agenda.table, 50.0) == agenda.frames[1]


def test_a_day_becomes_as_long_as_the_events_are_apart() -> None:
    tables = Tables(seed=1)
    start = Label("start")
    tables.place(start)
    tables.emit(op.END)
    source = tables.source(start, 0, tables.stream("arrivals"), random=True)
    tables.add_profile(source, [(0.0, 1e9, 50.0, 50.0)])
    machine = Machine(tables.build(nodes=1, edges=1, entries=1))
    machine.advance(1000.0, 10**9)
    events_per_day = machine.events / 1000.0 / machine.state.clock["days_per_s"][0]
    assert 0.1 < events_per_day < 1.0


def test_jumps_are_not_executed_but_led_around() -> None:
    tables = Tables(seed=1)
    start, middle, end = Label("start"), Label("middle"), Label("end")
    tables.emit(op.JUMP, target=start)
    tables.place(end)
    tables.emit(op.END)
    tables.place(start)
    tables.emit(op.METER, node=0, resource=20, x=1.0)
    tables.emit(op.JUMP, target=middle)
    tables.place(middle)
    tables.emit(op.JUMP, target=end)
    state = tables.build(nodes=1, edges=1, entries=1)
    assert state.program["next"][2] == 1
    assert state.program["target"][3] == 1
