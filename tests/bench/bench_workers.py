"""Replications on two worker processes against one, in the same run."""

from __future__ import annotations

import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from statistics import median
from typing import Any

from designer.domain.graph.scenario import Scenario
from simulator.engine.experiments.trial import Trial, run_trial
from simulator.engine.simulation import warm_up
from tests.bench.bench_engine import reference_pipeline

REPLICATIONS = 12
ROUNDS = 3

Figure = dict[str, Any]


def replication(seed: int) -> int:
    """One replication of the reference pipeline; returns its events."""
    return run_trial(reference_pipeline(), Scenario(duration_s=120.0, window_s=10.0), Trial(0, seed))["events"]


def seconds_with(processes: int) -> float:
    """Real time for all replications on so many processes, which are warm."""
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=warm_up) as pool:
        list(pool.map(replication, range(processes)))
        began = time.perf_counter()
        list(pool.map(replication, range(REPLICATIONS)))
        return time.perf_counter() - began


def bench_replications_on_two_workers() -> list[Figure]:
    """Alternating, because the machine has other work."""
    ratios = [seconds_with(1) / seconds_with(2) for _ in range(ROUNDS)]
    ratio = median(ratios)
    name = "replications: two workers, times one"
    return [{"name": name, "value": ratio, "unit": "x", "target": ">= 1.8", "met": ratio >= 1.8}]
