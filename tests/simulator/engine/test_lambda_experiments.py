"""Warm environments against ten measured AWS workloads."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.services.lambda_ import REAPER_PERIOD_S
from simulator.engine.lowering.tables import Label, Tables
from simulator.engine.machine import Machine
from simulator.engine.metrics import collect


def cold_share_and_instances(row: Mapping[str, str]) -> tuple[float, float]:
    rate = float(row["arrival_rate_per_s"])
    warm_s, cold_s = float(row["warm_service_ms"]) / 1000, float(row["cold_service_ms"]) / 1000
    seconds = max(100_000 / rate, 2e6)
    tables = Tables(seed=1)
    start, end = Label("start"), Label("end")
    pool = tables.pool(
        tables.limit(10_000),
        environments=1,
        expiry=60 * float(row["idle_expiry_min"]),
        reap_every=REAPER_PERIOD_S,
        scale_tokens=1000.0,
        scale_capacity=1000.0,
        scale_rate=100.0,
    )
    tables.place(start)
    tables.emit(op.ARRIVE, node=0)
    tables.emit(op.ACQUIRE, resource=pool, node=0, code=st.THROTTLED, otherwise=end)
    tables.emit(op.COLD, resource=tables.constant(0.0), code=tables.constant(max(cold_s - warm_s, 0.0)))
    tables.emit(op.DELAY, resource=tables.exponential(warm_s), stream=tables.stream("work"))
    tables.emit(op.RELEASE, resource=pool, node=0)
    tables.place(end)
    tables.emit(op.END)
    tables.add_profile(tables.source(start, 0, tables.stream("in"), random=True), [(0.0, seconds, rate, rate)])
    machine = Machine(tables.build(nodes=1, edges=1, entries=1))
    machine.advance(seconds, 10**12)
    tallies = collect(machine.state, seconds)
    instances = (machine.state.pools["idle_time"][0] + tallies.areas[0]) / seconds
    return tallies.counts[0, st.COLD_STARTS] / tallies.counts[0, st.ARRIVALS], float(instances)


def test_newest_first_reuse_reproduces_the_measured_workloads(shared_folder: Path) -> None:
    with (shared_folder / "facts" / "lambda-experiments.csv").open() as file:
        rows = list(csv.DictReader(file))
    figures = [cold_share_and_instances(row) for row in rows]
    cold = [abs(found[0] / float(row["cold_start_probability"]) - 1) for found, row in zip(figures, rows, strict=True)]
    instances = [abs(found[1] / float(row["mean_instances"]) - 1) for found, row in zip(figures, rows, strict=True)]
    assert np.mean(cold) <= 0.145
    assert np.mean(instances) <= 0.035
