"""The engine's speed on a whole design, all metrics on."""

from __future__ import annotations

import tempfile
import time
from statistics import median
from typing import Any

from designer.domain.connections.registry import connections
from designer.domain.graph.model import Design, Edge, Node
from designer.domain.graph.scenario import Scenario
from simulator.engine.simulation import Simulation, warm_up
from tests.bench.bench_simulators import ROUNDS, c_requests_per_s, compiled, kernel_requests_per_s

PIPELINE_REQUESTS = 1_000_000

Figure = dict[str, Any]


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
        settings = {"batch_size": 10, "batch_window_s": 1} if mechanism == "event_source_mapping" else {}
        edges[f"{source}-{target}"] = Edge(f"{source}-{target}", source, target, row.id, row.mode, row.flow, settings)
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


def bench_reference_pipeline() -> list[Figure]:
    """The reference pipeline beside what plain C and the kernel itself do on two stations, in turns."""
    measured: dict[str, list[float]] = {"pipeline": [], "kernel": [], "C": []}
    with tempfile.TemporaryDirectory() as folder:
        program = compiled(folder)
        for _ in range(ROUNDS):
            measured["pipeline"].append(pipeline_requests_per_s())
            measured["kernel"].append(kernel_requests_per_s())
            if program is not None:
                measured["C"].append(c_requests_per_s(program))
    rates = {name: median(found) for name, found in measured.items() if found}
    figures: list[Figure] = [
        {
            "name": "reference pipeline: requests/s, all metrics on",
            "value": rates["pipeline"],
            "unit": "requests/s",
            "target": "none, for information",
            "met": True,
        }
    ]
    for name, least in (("C", 0.2), ("kernel", 0.2)):
        if name in rates:
            value = rates["pipeline"] / rates[name]
            figures.append(
                {
                    "name": f"reference pipeline: requests/s, times {name}'s on two stations",
                    "value": value,
                    "unit": "x",
                    "target": f">= {least:g}",
                    "met": value >= least,
                }
            )
    return figures
