"""The kernel's speed, as ratios to SimPy in the same run."""

from __future__ import annotations

import random
import time
from collections.abc import Generator
from typing import Any

import simpy

from designer.domain.connections.registry import connections
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.graph.scenario import Scenario
from simulator.engine import instructions as op
from simulator.engine.lowering.tables import Label, Tables
from simulator.engine.machine import Machine
from simulator.engine.simulation import Simulation, warm_up

RATE_PER_S = 8.0
SERVICE_S = 0.1
SIMPY_REQUESTS = 40_000
KERNEL_REQUESTS = 4_000_000
PIPELINE_REQUESTS = 1_000_000

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
    warm_up()
    machine, seconds = two_stations(KERNEL_REQUESTS)
    began = time.perf_counter()
    machine.advance(seconds, 10**15)
    return float(machine.state.entries[0, 1]) / (time.perf_counter() - began)


def simpy_requests_per_s() -> float:
    """The same network in SimPy, keeping only the sum of the stays."""
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


def reference_pipeline() -> Design:
    """API -> function -> table, and function -> queue -> batches of 10 -> function -> table: six stations."""
    work = {"memory_mb": 1769, "cpu_ms": 10}
    nodes = {
        "users": Node("users", "client", "users", parameters={"rate_per_s": 2000.0}),
        "api": Node("api", "api_gateway_rest", "api"),
        "front": Node("front", "lambda", "front", parameters=work),
        "orders": Node("orders", "dynamodb", "orders"),
        "queue": Node("queue", "sqs_standard", "queue"),
        "worker": Node("worker", "lambda", "worker", parameters=work),
        "archive": Node("archive", "dynamodb", "archive"),
    }
    arrows = [
        ("users", "api", "https"),
        ("api", "front", "proxy"),
        ("front", "orders", "api"),
        ("front", "queue", "send_message"),
        ("queue", "worker", "event_source_mapping"),
        ("worker", "archive", "api"),
    ]
    edges = {}
    for source, target, mechanism in arrows:
        row = connections()[f"{nodes[source].service}.{nodes[target].service}.{mechanism}"]
        edges[f"{source}-{target}"] = Edge(f"{source}-{target}", source, target, row.id, row.mode, row.flow)
    return Design("reference pipeline", nodes, edges)


def pipeline_requests_per_s() -> float:
    """Requests per second of real time through the whole pipeline, windows and cost included."""
    warm_up()
    seconds = PIPELINE_REQUESTS / 2000.0
    simulation = Simulation(reference_pipeline(), Scenario(duration_s=seconds, window_s=5.0))
    began = time.perf_counter()
    while not simulation.finished:
        simulation.advance(wall_ms=100)
    requests = simulation.summary()["entry_points"]["users"]["requests"]
    return requests / (time.perf_counter() - began)


def bench_kernel_versus_simpy() -> list[Figure]:
    """The open two-station network, and the reference pipeline against SimPy's two stations."""
    simpy_rate, kernel_rate, pipeline_rate = simpy_requests_per_s(), kernel_requests_per_s(), pipeline_requests_per_s()
    ratio = kernel_rate / simpy_rate
    return [
        {
            "name": "kernel: requests/s on two stations, times SimPy's",
            "value": ratio,
            "unit": "x",
            "target": ">= 60",
            "met": ratio >= 60,
        },
        {
            "name": "kernel: requests/s on two stations",
            "value": kernel_rate,
            "unit": "requests/s",
            "target": "none, for information",
            "met": True,
        },
        {
            "name": "reference pipeline: requests/s, times SimPy's on two stations",
            "value": pipeline_rate / simpy_rate,
            "unit": "x",
            "target": "none, for information",
            "met": True,
        },
        {
            "name": "reference pipeline: requests/s, all metrics on",
            "value": pipeline_rate,
            "unit": "requests/s",
            "target": "none, for information",
            "met": True,
        },
    ]
