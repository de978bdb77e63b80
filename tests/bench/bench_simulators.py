"""The kernel's speed on two M/M/1 stations in a row, as ratios to SimPy, Ciw and plain C in the same run."""

from __future__ import annotations

import random
import shutil
import subprocess
import tempfile
import time
from collections.abc import Generator
from pathlib import Path
from statistics import median
from typing import Any

import ciw
import simpy

from simulator.engine import instructions as op
from simulator.engine.lowering.tables import Label, Tables
from simulator.engine.machine import Machine
from simulator.engine.simulation import warm_up

RATE_PER_S = 8.0
SERVICE_S = 0.1
SIMPY_REQUESTS = 40_000
CIW_REQUESTS = 20_000
KERNEL_REQUESTS = 4_000_000
ROUNDS = 3
"""Each simulator runs so often, in turns; the median counts, because the machine has other work."""

Figure = dict[str, Any]


def two_stations(requests: int) -> tuple[Machine, float]:
    """An open network of two M/M/1 stations in a row, and the time (s) it needs for so many requests."""
    tables = Tables(seed=1)
    start = Label("start")
    tables.place(start)
    for node in range(2):
        pool = tables.pool(tables.limit(1), waiting_limit=10**9)
        tables.emit(op.ARRIVE, node=node)
        tables.emit(op.ACQUIRE, resource=pool, node=node)
        tables.emit(op.DELAY, resource=tables.exponential(SERVICE_S), stream=tables.stream(f"service {node}"))
        tables.emit(op.RELEASE, resource=pool, node=node)
        tables.emit(op.DEPART)
    tables.emit(op.END)
    source = tables.source(start, 0, tables.stream("arrivals"), random=True)
    tables.add_profile(source, [(0.0, 1e12, RATE_PER_S, RATE_PER_S)])
    return Machine(tables.build(nodes=2, edges=1, entries=1)), requests / RATE_PER_S


def kernel_requests_per_s() -> float:
    """Requests per second of real time through the two stations, all metrics on."""
    machine, seconds = two_stations(KERNEL_REQUESTS)
    began = time.perf_counter()
    machine.advance(seconds, 10**15)
    return float(machine.state.entries[0, 1]) / (time.perf_counter() - began)


def simpy_requests_per_s() -> float:
    """The same network in SimPy, keeping only the stays."""
    draw = random.Random(1)
    environment = simpy.Environment()
    servers = [simpy.Resource(environment, 1) for _ in range(2)]
    stays: list[float] = []

    def request() -> Generator[simpy.Event, Any, Any]:
        began = environment.now
        for server in servers:
            with server.request() as turn:
                yield turn
                yield environment.timeout(draw.expovariate(1 / SERVICE_S))
        stays.append(environment.now - began)

    def arrivals() -> Generator[simpy.Event, Any, Any]:
        for _ in range(SIMPY_REQUESTS):
            yield environment.timeout(draw.expovariate(RATE_PER_S))
            environment.process(request())

    environment.process(arrivals())
    began = time.perf_counter()
    environment.run()
    return len(stays) / (time.perf_counter() - began)


def ciw_requests_per_s() -> float:
    """The same network in Ciw, with its records."""
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(RATE_PER_S), None],
        service_distributions=[ciw.dists.Exponential(1.0 / SERVICE_S)] * 2,
        number_of_servers=[1, 1],
        routing=[[0.0, 1.0], [0.0, 0.0]],
    )
    ciw.seed(1)
    simulation = ciw.Simulation(network)
    began = time.perf_counter()
    simulation.simulate_until_max_time(CIW_REQUESTS / RATE_PER_S)
    seconds = time.perf_counter() - began
    return len(simulation.nodes[-1].all_individuals) / seconds


def c_requests_per_s(program: Path) -> float:
    """The same network in plain C, with one histogram."""
    answer = subprocess.run([program, str(KERNEL_REQUESTS)], capture_output=True, text=True, check=True).stdout
    return float(answer.split()[0])


def compiled(folder: str) -> Path | None:
    """The C program, or None on a machine without a C compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        return None
    program = Path(folder) / "two_stations"
    source = Path(__file__).with_name("two_stations.c")
    subprocess.run([compiler, "-O2", "-march=native", "-o", program, source, "-lm"], check=True)
    return program


def bench_kernel_versus_simulators() -> list[Figure]:
    """Every simulator in turns, so that other work of the machine hits all alike."""
    warm_up()
    with tempfile.TemporaryDirectory() as folder:
        program = compiled(folder)
        measured: dict[str, list[float]] = {"kernel": [], "SimPy": [], "Ciw": [], "C": []}
        for _ in range(ROUNDS):
            measured["kernel"].append(kernel_requests_per_s())
            measured["SimPy"].append(simpy_requests_per_s())
            measured["Ciw"].append(ciw_requests_per_s())
            if program is not None:
                measured["C"].append(c_requests_per_s(program))
    rates = {name: median(found) for name, found in measured.items() if found}
    figures = [
        _ratio(f"kernel: requests/s on two stations, times {name}'s", rates["kernel"] / rates[name], least)
        for name, least in (("SimPy", 100.0), ("Ciw", 200.0), ("C", 0.6))
        if name in rates
    ]
    return figures + [_information(f"{name}: requests/s on two stations", rate) for name, rate in rates.items()]


def _ratio(name: str, value: float, least: float) -> Figure:
    return {"name": name, "value": value, "unit": "x", "target": f">= {least:g}", "met": value >= least}


def _information(name: str, value: float) -> Figure:
    return {"name": name, "value": value, "unit": "requests/s", "target": "none, for information", "met": True}
