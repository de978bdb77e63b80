"""Arrivals of raw sources against the integral of their rate."""

from __future__ import annotations

import pytest

from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.tables import Label, Tables
from simulator.engine.machine import Machine


@pytest.mark.parametrize("random", [True, False])
def test_arrivals_follow_a_rate_that_rises(*, random: bool) -> None:
    tables = Tables(seed=5)
    start = Label("start")
    tables.place(start)
    tables.emit(op.ARRIVE, node=0)
    tables.emit(op.END)
    source = tables.source(start, 0, tables.stream("arrivals"), random=random)
    tables.add_profile(source, [(0.0, 1000.0, 0.0, 200.0)])
    machine = Machine(tables.build(nodes=1, edges=1, entries=1))
    machine.advance(500.0, 10**12)
    first_half = int(machine.state.counts[0, st.ARRIVALS])
    machine.advance(2000.0, 10**12)
    assert first_half == pytest.approx(25_000, rel=0.03)
    assert machine.state.counts[0, st.ARRIVALS] == pytest.approx(100_000, rel=0.02)
