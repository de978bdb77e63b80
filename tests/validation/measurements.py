"""Warm environments against ten workloads that were measured on AWS Lambda.

``lambda_experiments.csv`` is taken from the SimFaaS data set (Mahmoudi and Khazaei, 2021; MIT licence): arrival rate,
warm and cold service time, idle expiry of ten minutes, and the measured mean number of environments and cold-start
probability with its standard error.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from simulator.engine import instructions as op
from simulator.engine import stations as st
from simulator.engine.lowering.services.lambda_ import REAPER_PERIOD_S
from simulator.engine.lowering.tables import Label, Tables
from simulator.engine.machine import Machine
from simulator.engine.metrics import collect
from tests.validation.case import Case

DATA = Path(__file__).with_name("lambda_experiments.csv")
COLD_LIMIT = 0.145
INSTANCES_LIMIT = 0.035


def rows() -> list[dict[str, str]]:
    """The ten workloads."""
    with DATA.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def cases() -> Iterator[Case]:
    """Mean absolute errors over the ten workloads, as a measured share of an expected 1."""
    yield Case(
        "ten AWS Lambda workloads (SimFaaS data set)",
        "cold-start probability, mean absolute error",
        COLD_LIMIT,
        lambda: (1.0, 1.0 + errors()[0]),
    )
    yield Case(
        "ten AWS Lambda workloads (SimFaaS data set)",
        "mean environments, mean absolute error",
        INSTANCES_LIMIT,
        lambda: (1.0, 1.0 + errors()[1]),
    )


@cache
def errors() -> tuple[float, float]:
    """Mean absolute relative error of the cold-start probability and of the mean number of environments."""
    cold = instances = 0.0
    for row in rows():
        share, number = cold_share_and_instances(row)
        cold += abs(share / float(row["cold_start_probability"]) - 1.0)
        instances += abs(number / float(row["mean_instances"]) - 1.0)
    return cold / len(rows()), instances / len(rows())


def cold_share_and_instances(row: Mapping[str, str]) -> tuple[float, float]:
    """Simulate one workload: share of cold starts, mean number of environments."""
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
    return float(tallies.counts[0, st.COLD_STARTS] / tallies.counts[0, st.ARRIVALS]), float(instances)
